import { staffedTerms } from '../../gateway/domain/duty/terms.ts';
import { evaluate } from '../../gateway/domain/evaluate.ts';
import type { HomeContext } from '../../gateway/domain/home/home-context.ts';
import { compileRules } from '../../gateway/domain/home/rule-set.ts';
import type { LogEntry } from '../../gateway/domain/ledger.ts';
import { type EventType, eventTypes } from '../../gateway/protocol/catalogue.ts';
import { Rule } from '../../gateway/protocol/rule/rule.ts';

/** What an event costs the evaluator, by how many rules there are, and how many of them look at its type. */
const counts = [10, 100, 1_000] as const;
const rounds = 5;
const stepMs = 30_000;
const looked: EventType = 'motion.detected';
const cleared: EventType = 'motion.cleared';
/** Types that never come here; presence of a device is told by the gateway itself. */
const others = eventTypes.filter(
  (type) => type !== looked && type !== cleared && type !== 'unknown',
);

const home: HomeContext = {
  id: 'home',
  municipalityId: 'norr',
  unitId: 'norr-1',
  timeZone: 'Europe/Stockholm',
  flags: [],
  devices: [
    {
      id: 'hall',
      name: 'Hall',
      profile: 'motion-sensor',
      placement: 'hall',
      placedAt: 0,
      tells: [looked, cleared],
      silentAfterMs: null,
    },
  ],
};

/** The forms of rule in turn, all with a condition, so that none is decided before it is looked at. */
function ruleOn(index: number, type: EventType, end: EventType): Rule {
  const title = { sv: 'Regel', en: 'Rule' };
  const rule = { id: `rule-${index}`, title, severity: 'low', on: type };
  const where = "device.placement == 'kitchen'";
  const forms = [
    { where },
    { where, for: '2m', unless: end },
    { where, during: { from: '22:00', to: '06:00' } },
    { where, count: { times: 3, within: '1h' } },
  ];
  return Rule.parse({ ...rule, ...forms[index % forms.length] });
}

function logOf(count: number): LogEntry[] {
  return Array.from({ length: count }, (_, index) => {
    const at = Date.UTC(2026, 0, 1) + index * stepMs;
    const type = index % 2 === 0 ? looked : cleared;
    const own = { deviceId: 'hall', id: `e${index}`, type, at, receivedAt: at, data: {} };
    return { municipalityId: 'norr', homeId: 'home', ...own };
  });
}

/** Microseconds of processor time each event takes, in the best of some rounds. */
function measure(rules: readonly Rule[], events: number): number {
  const set = compileRules(rules);
  const log = logOf(events);
  let best = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    const alerts = evaluate(home, set, log, {
      ...staffedTerms(() => ''),
      until: log.at(-1)?.at ?? 0,
    });
    const { user, system } = process.cpuUsage(before);
    if (alerts.length > 0) throw new Error('Nothing should have been raised.');
    best = Math.min(best, (user + system) / events);
  }
  return best;
}

for (const count of counts) {
  const onType = Array.from({ length: count }, (_, index) => ruleOn(index, looked, cleared));
  const spread = Array.from({ length: count }, (_, index) => {
    const type = others[index % others.length] ?? 'door.opened';
    return ruleOn(index, type, type === 'door.closed' ? 'door.opened' : 'door.closed');
  });
  // A few that look at it, so that the rest is all that differs.
  const few = onType.slice(0, 4);
  const all = measure(onType, Math.max(2_000, 200_000 / count));
  const none = measure(
    [
      ...few,
      ...spread.slice(0, count - few.length).map((rule) => ({ ...rule, id: `other-${rule.id}` })),
    ],
    50_000,
  );
  process.stdout.write(
    `${count} rules: ${all.toFixed(2)} µs an event when all look at its type, ${none.toFixed(2)} µs when ${few.length} do and the rest at other types\n`,
  );
}
