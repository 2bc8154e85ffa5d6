import fc from 'fast-check';

import { unanswered } from '../../../../gateway/domain/report/answer.ts';
import { followUpOf } from '../../../../gateway/domain/report/follow-up.ts';
import { periodOf } from '../../../../gateway/domain/report/period.ts';
import type {
  AlertFact,
  HomeFact,
  ReportFacts,
} from '../../../../gateway/domain/report/report-source.ts';
import { unit } from '../duty/given-arrangements.ts';

export const zone = 'Europe/Stockholm';
/** Two weeks from a Monday. */
export const span = periodOf({ from: '2026-11-02', to: '2026-11-15' }, zone);
export const { from, to } = span;
export const minute = 60_000;
export const hour = 60 * minute;

export function home(id: string, some: Partial<HomeFact> = {}): HomeFact {
  return {
    id,
    label: `Storgatan ${id}`,
    unitId: 'day',
    timeZone: zone,
    createdAt: 0,
    residents: 1,
    placed: [{ deviceId: `button-${id}`, kind: 'call-button', from: 0, until: null }],
    ...some,
  };
}

/** One that asks as it is raised. */
export function alert(some: Partial<AlertFact> & Pick<AlertFact, 'homeId'>): AlertFact {
  const raisedAt = some.raisedAt ?? from;
  return {
    ...unanswered,
    unitId: 'day',
    askedAt: raisedAt,
    timedFrom: raisedAt,
    id: '',
    deviceId: null,
    need: 'help',
    rule: { id: 'help', title: { sv: 'Hjälp', en: 'Help' } },
    severity: 'high',
    queue: 'care',
    raisedAt,
    resolvedAt: null,
    outcome: null,
    ...some,
  };
}

export function facts(some: Partial<ReportFacts> = {}): ReportFacts {
  return {
    municipality: { id: 'norr', name: 'Norrs kommun', timeZone: zone },
    homes: [],
    alerts: [],
    deviceNames: new Map(),
    silences: [],
    rests: [],
    units: [unit('day'), unit('night'), unit('third')].map((one) => ({ ...one, versions: [] })),
    duties: [],
    plans: [],
    ...some,
  };
}

export function report(given: ReportFacts, unitId: string | null = null, at = to) {
  return followUpOf(given, { span, unitId, at });
}

const rules = ['fall', 'bed', 'door', 'seizure'];
const kinds = ['call-button', 'bed-sensor', 'door-contact'];

const anyAlert = fc
  .record({
    home: fc.nat(29),
    rule: fc.constantFrom(...rules),
    severity: fc.constantFrom('emergency' as const, 'high' as const, 'medium' as const),
    device: fc.option(fc.constantFrom(...kinds)),
    unitId: fc.constantFrom('day', 'night', 'third'),
    at: fc.integer({ min: from, max: to - 1 }),
    acceptedMs: fc.option(fc.nat(300_000)),
    isFalse: fc.boolean(),
  })
  .map((one): AlertFact => {
    const homeId = `h${one.home}`;
    const acceptedAt = one.acceptedMs === null ? null : one.at + one.acceptedMs;
    const ended = acceptedAt === null ? null : acceptedAt + minute;
    return alert({
      homeId,
      deviceId: one.device === null ? null : `${one.device}-${homeId}`,
      rule: { id: one.rule, title: { sv: one.rule, en: one.rule } },
      severity: one.severity,
      unitId: one.unitId,
      raisedAt: one.at,
      acceptedAt,
      endedAt: ended,
      resolvedAt: ended,
      outcome: one.isFalse ? 'false-alarm' : 'helped',
    });
  });

/** Up to thirty homes of three units, with some kinds of devices each, and what was raised there. */
export const anyFacts = fc
  .record({
    homes: fc.array(
      fc.record({
        unitId: fc.constantFrom('day', 'night', 'third'),
        kinds: fc.subarray(kinds),
      }),
      { minLength: 1, maxLength: 30 },
    ),
    alerts: fc.array(anyAlert, { maxLength: 60 }),
  })
  .map((given) => {
    const homes = given.homes.map(({ unitId, kinds: own }, index) =>
      home(`h${index}`, {
        unitId,
        placed: own.map((kind) => ({
          deviceId: `${kind}-h${index}`,
          kind,
          from: 0,
          until: null,
        })),
      }),
    );
    const ids = new Set(homes.map(({ id }) => id));
    const alerts = given.alerts
      .filter(({ homeId }) => ids.has(homeId))
      .sort((a, b) => a.raisedAt - b.raisedAt);
    return facts({ homes, alerts });
  });
