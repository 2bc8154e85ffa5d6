import type { DialectName } from '../../gateway/protocol/device/device-profile.ts';

const names: Record<DialectName, string> = {
  native: 'Vaka',
  zigbee2mqtt: 'Zigbee2MQTT',
  frigate: 'Frigate',
  chirpstack: 'ChirpStack',
  tts: 'The Things Stack',
  shelly: 'Shelly',
  tasmota: 'Tasmota',
  homeassistant: 'Home Assistant',
  homie: 'Homie',
  senml: 'SenML',
};

/** What the makers call it. */
export function dialectWord(dialect: DialectName): string {
  return names[dialect];
}
