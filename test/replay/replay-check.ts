import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';

import { parseMapping } from '../../simulators/replay/mapping.ts';
import { endAt, readLog } from '../../simulators/replay/read-log.ts';
import { compareReplay, type Raised } from './replayed-home.ts';

/** Replays a log of one's own and says whether the gateway raised what the pure evaluator gives for it. */
const { values } = parseArgs({
  options: {
    log: { type: 'string' },
    format: { type: 'string', default: 'uci' },
    mapping: { type: 'string' },
    /** What the log is moved to end at, so that it is no older than the gateway believes. */
    ending: { type: 'string', default: new Date().toISOString() },
  },
});
if (values.log === undefined || values.mapping === undefined) {
  throw new Error('Give --log FILE and --mapping FILE, and --format casas if it is not uci.');
}

const mapping = parseMapping(await readFile(values.mapping, 'utf8'));
const format = values.format === 'casas' ? 'casas' : 'uci';
const { events, skipped } = readLog(await readFile(values.log, 'utf8'), format, mapping);
const folder = await mkdtemp(join(tmpdir(), 'vaka-replay-'));
try {
  const moved = endAt(events, Date.parse(values.ending));
  const { acknowledged, gateway, log, inTime } = await compareReplay(folder, mapping, moved);
  const shift = (moved[0]?.at ?? 0) - (events[0]?.at ?? 0);
  for (const alert of gateway) process.stdout.write(`${describe(alert, shift)}\n`);
  const isSame = isDeepStrictEqual(gateway, log) && isDeepStrictEqual(gateway, inTime);
  const counts = `${events.length} events, ${skipped.length} lines left out, ${acknowledged} acknowledged`;
  const alerts = `alerts: gateway ${gateway.length}, its log evaluated ${log.length}, in time ${inTime.length}`;
  process.stdout.write(`${counts}; ${alerts}. ${isSame ? 'All equal.' : 'They differ.'}\n`);
  if (!isSame) {
    process.stdout.write(`in time:\n${inTime.map((alert) => describe(alert, shift)).join('\n')}\n`);
    process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

function describe({ rule, device, since, repeats, clearedAt }: Raised, shift: number): string {
  const cleared = clearedAt === null ? '' : `, cleared ${wallClock(clearedAt - shift)}`;
  return `${wallClock(since - shift)} ${rule}${device === null ? '' : ` (${device})`}, repeated ${repeats}${cleared}`;
}

function wallClock(at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(mapping.timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' });
}
