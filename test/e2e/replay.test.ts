import { expect, test } from 'vitest';

import { parseMapping } from '../../simulators/replay/mapping.ts';
import { endAt, readLog } from '../../simulators/replay/read-log.ts';
import { compareReplay } from '../replay/replayed-home.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const timeZone = 'Europe/Stockholm';
const day = 24 * 60 * 60_000;

// Made up, in the format of CASAS: date, time, sensor, value.
const casas = `
2026-11-20 19:02:11.120000 M01 ON
2026-11-20 19:02:14.300000 M01 OFF
2026-11-20 21:40:00.000000 M02 ON
2026-11-20 22:15:30.500000 D01 OPEN
2026-11-20 22:15:58.000000 D01 CLOSE
2026-11-20 23:05:10.000000 D01 OPEN
2026-11-20 23:05:40.250000 M01 ON
2026-11-20 23:09:55.000000 D01 CLOSE
2026-11-20 23:11:00.000000 M02 ON
`;
const casasMapping = `
timeZone: ${timeZone}
sensors:
  M01: { device: hall, profile: motion-sensor, placement: hall, events: { ON: motion.detected, OFF: motion.cleared } }
  M02: { device: bedroom, profile: motion-sensor, placement: bedroom, events: { ON: motion.detected } }
  D01: { device: door, profile: door-contact, placement: entrance, events: { OPEN: door.opened, CLOSE: door.closed } }
`;

// Made up, in the format of the UCI log of activities: start, end, location, type, place.
const uci = [
  'Start time\t\tEnd time\t\tLocation\tType\tPlace',
  '-------------------\t-------------------\t----------\t-----\t-----',
  '2026-11-20 21:58:10\t2026-11-21 01:12:40\tBed\tPressure\tBedroom',
  '2026-11-21 01:14:02\t2026-11-21 01:14:20\tShower\tPIR\tBathroom',
  '2026-11-21 01:41:00\t2026-11-21 03:20:00\tBed\tPressure\tBedroom',
  '2026-11-21 03:26:15\t2026-11-21 03:31:30\tMaindoor\tMagnetic\tEntrance',
  '2026-11-21 03:33:00\t2026-11-21 04:02:00\tBed\tPressure\tBedroom',
].join('\n');
const uciMapping = `
timeZone: ${timeZone}
sensors:
  Bed: { device: bed, profile: bed-sensor, placement: bed, events: { start: bed.entered, end: bed.left } }
  Shower: { device: bathroom, profile: motion-sensor, placement: bathroom, events: { start: motion.detected, end: motion.cleared } }
  Maindoor: { device: door, profile: door-contact, placement: entrance, events: { start: door.opened, end: door.closed } }
`;

test.for([
  { format: 'casas', log: casas, mapping: casasMapping, rules: ['front-door-at-night'] },
  {
    format: 'uci',
    log: uci,
    mapping: uciMapping,
    rules: ['bed-left-at-night', 'front-door-at-night'],
  },
] as const)('a $format log played in a moment gives what the evaluator gives', async (given) => {
  const mapping = parseMapping(given.mapping);
  const { events: recorded, skipped } = readLog(given.log, given.format, mapping);
  expect(skipped).toEqual([]);
  // A day later to the minute, so that night stays night.
  const events = endAt(recorded, Math.max(...recorded.map(({ at }) => at)) + day);

  const { acknowledged, gateway, log, inTime } = await compareReplay(
    await temporaryFolder(),
    mapping,
    events,
  );

  expect(acknowledged).toBe(events.length);
  expect(gateway).toEqual(log);
  expect(gateway).toEqual(inTime);
  const care = gateway.filter(({ rule }) => rule !== 'device-silent');
  expect(care.map(({ rule }) => rule)).toEqual(given.rules);
});
