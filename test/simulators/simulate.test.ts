import { describe, expect, test } from 'vitest';

import { simulate } from '../../simulators/simulate.ts';
import { startBroker } from './broker.ts';
import { sampleFleet } from './sample-fleet.ts';

const clock = () => Date.now();
const log = () => undefined;
const never = new AbortController().signal;

describe('a simulation', () => {
  test('plays a fall at night over MQTT until all of it is acknowledged', async () => {
    await using broker = await startBroker();
    const stats = await simulate({
      mqttUrl: broker.url,
      fleet: sampleFleet(),
      scenario: 'fall-at-night',
      seed: 'one',
      speed: 20_000,
      signal: never,
      clock,
      log,
    });

    const events = broker.events();
    expect(events.map(({ type }) => type)).toContain('fall.detected');
    expect(stats).toMatchObject({ sent: events.length, acknowledged: events.length, repeated: 0 });
  });
});
