import type { Dialect } from '../domain/dialect.ts';
import { chirpstack } from './chirpstack.ts';
import { frigate } from './frigate.ts';
import { homeassistant } from './homeassistant.ts';
import { homie } from './homie.ts';
import { native } from './native.ts';
import { senml } from './senml.ts';
import { shelly } from './shelly.ts';
import { tasmota } from './tasmota.ts';
import { tts } from './tts.ts';
import { zigbee2mqtt } from './zigbee2mqtt.ts';

/** Every language that is understood; the first that speaks a topic reads it. */
export const dialects: readonly Dialect[] = [
  native,
  zigbee2mqtt,
  homeassistant,
  shelly,
  tasmota,
  homie,
  frigate,
  chirpstack,
  tts,
  senml,
];
