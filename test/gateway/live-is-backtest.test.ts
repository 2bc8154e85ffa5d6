import { randomUUID } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';

import type { Alert } from '../../gateway/domain/alert/alert.ts';
import { backtest } from '../../gateway/domain/backtest/backtest.ts';
import { type Found, foundOf } from '../../gateway/domain/backtest/found.ts';
import { evaluate } from '../../gateway/domain/evaluate.ts';
import { type EvaluationOptions, openEvaluation } from '../../gateway/domain/evaluation.ts';
import type { HomeContext } from '../../gateway/domain/home/home-context.ts';
import { compileRules } from '../../gateway/domain/home/rule-set.ts';
import type { LogEntry } from '../../gateway/domain/ledger.ts';
import type { RuleVersion } from '../../gateway/domain/rulebook.ts';
import type { EventType } from '../../gateway/protocol/catalogue.ts';
import { readRules } from '../../gateway/protocol/rule/read-rule.ts';
import { logChanges } from '../../gateway/services/rule-office.ts';
import { createRulebook } from '../../gateway/services/rulebook.ts';
import { tellAway } from '../../gateway/services/tell-away.ts';
import { type Core, createTestClock, openCore, terms, timeOf } from './services/core.ts';
import { addDevice, addHome, hour, minute, scopeOf, start } from './store/furnish.ts';

/** One of each form of rule. */
const source = `
- { id: help, title: { sv: a, en: a }, severity: emergency, on: help.pressed }
- { id: fall, title: { sv: a, en: a }, severity: high, on: fall.detected, then: { no: motion.detected, within: 90s, severity: emergency } }
- { id: door-open, title: { sv: a, en: a }, severity: high, on: door.opened, for: 2m, unless: door.closed, clearedBy: door.closed, leavesWhenCleared: true }
- { id: door-at-night, title: { sv: a, en: a }, severity: medium, on: door.opened, during: { from: '18:00', to: '08:00' }, for: 1m, clearedBy: door.closed, cooldown: 1h }
- { id: restless, title: { sv: a, en: a }, severity: low, on: bed.left, count: { times: 2, within: 30m }, per: home }
- { id: quiet, title: { sv: a, en: a }, severity: medium, absence: { of: [motion.detected, bed.left], for: 1h }, per: home }
- { id: silent, title: { sv: a, en: a }, severity: technical, absence: { of: any, for: supervision }, leavesWhenCleared: true }
- { id: at-once, title: { sv: a, en: a }, severity: low, on: motion.detected, where: "device.placement == 'hall' && event.at >= 0.0" }
`;

function rulesOf(text: string) {
  const read = readRules(text);
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join());
  return read.rules.map(({ rule }) => ({ ...rule, version: 1 }));
}

const listed = rulesOf(source);
const rules = compileRules(listed);

const types: Record<string, readonly EventType[]> = {
  door: ['door.opened', 'door.closed'],
  bed: ['bed.left', 'bed.entered'],
  hall: ['motion.detected'],
  belt: ['fall.detected', 'help.pressed'],
  button: ['help.pressed', 'device.heartbeat'],
};

interface Act {
  kind: string;
  type: number;
  seconds: number;
  lateSeconds: number | null;
}

const anyAct: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(...Object.keys(types)),
  type: fc.nat(1),
  /** How much later than the one before, and how late it is heard; round, so that deadlines are met exactly, too. */
  seconds: fc.oneof(
    fc.integer({ min: 0, max: 2_000 }),
    fc.constantFrom(0, 60, 90, 120, 1_800, 3_600, 14_400),
  ),
  lateSeconds: fc.option(fc.integer({ min: 1, max: 9_000 }), { freq: 4 }),
});
const acts = fc.array(anyAct, { minLength: 1, maxLength: 20 });

const placements = { door: 'entrance', bed: 'bed', hall: 'hall', belt: 'worn', button: 'worn' };

/** A home of its own for each run, its devices placed now. */
async function furnishRun({ storage, store, clock }: Core, run: number): Promise<string> {
  const homeId = `run-${run}`;
  for (const table of ['home_state', 'alert_event', 'alert'])
    await storage.query(`delete from ${table}`);
  await addHome(store, { id: homeId, municipalityId: 'norr', unitId: 'norr-1', at: 0 });
  for (const [kind, placement] of Object.entries(placements)) {
    const profile = kind === 'button' ? 'call-button' : 'event-only';
    await addDevice(store, {
      id: `${kind}-${run}`,
      homeId,
      profile,
      placement,
      at: clock.now(),
    });
  }
  return homeId;
}

/** Sweeps whenever something in a home is due before then, as a sweep that is never late would. */
async function passUntil({ storage, clock, sweep }: Core, at: number): Promise<void> {
  for (;;) {
    const [row] = await storage.query('select min(due_at) as due from home_state');
    const due = row?.['due'] === null || row === undefined ? Infinity : Number(row['due']);
    // What a late event finds past is due now, and what comes now comes before it.
    const next = Math.max(due, clock.now());
    if (next >= at) break;
    clock.set(next);
    await sweep.run();
  }
  clock.set(at);
}

async function live(core: Core, run: number, given: readonly Act[]): Promise<void> {
  for (const { kind, type, seconds, lateSeconds } of given) {
    await passUntil(core, core.clock.now() + seconds * 1_000);
    const known = types[kind] ?? [];
    const time = timeOf(core.clock.now() - (lateSeconds ?? 0) * 1_000);
    await core.send(`${kind}-${run}`, { type: known[type % known.length] ?? '', time });
  }
}

async function storedAlerts({ storage }: Core, homeId: string): Promise<Alert[]> {
  const rows = await storage.query(
    `select body from alert where home_id = '${homeId}' order by raised_at, rowid`,
  );
  return rows.map(({ body }) => JSON.parse(String(body)) as Alert);
}

function sorted(found: readonly Found[]): Found[] {
  return found.toSorted((a, b) => a.at - b.at || (a.need < b.need ? -1 : 1));
}

/** Every alert of the home, as it was raised and as a backtest over the store finds it. */
async function expectSame(core: Core, homeId: string, from: number): Promise<void> {
  const found: Found[] = [];
  await backtest(
    core.store.history,
    {
      scope: scopeOf({ role: 'coordinator' }),
      homeIds: [homeId],
      span: { from, to: core.clock.now() },
      timeZone: 'Europe/Stockholm',
      candidate: async (homes) => new Map(homes.map(({ id }) => [id, rules])),
      current: null,
      operators: 1,
      handledAfterMs: null,
    },
    { occurred: (occurrence) => found.push(occurrence.found), told: () => {} },
  );
  expect(sorted(found)).toEqual(sorted((await storedAlerts(core, homeId)).map(foundOf)));
}

// Each run lives a day of a home on a real file.
vi.setConfig({ testTimeout: 60_000 });

describe('live is backtest', () => {
  test('the alerts of a backtest over the store are those that were raised, each of them', async () => {
    const core = await openCore({ rules, clock: createTestClock() });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(acts, async (given) => {
        run += 1;
        const from = core.clock.now();
        const homeId = await furnishRun(core, run);
        await live(core, run, given);
        await passUntil(core, core.clock.now() + 26 * hour);
        await expectSame(core, homeId, from);
        expect(core.failures).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  test('also when the home could not be heard for a time', async () => {
    const core = await openCore({ rules, clock: createTestClock() });
    let run = 0;
    const { store, clock } = core;
    const told = { store, clock: clock.now, newId: randomUUID };
    /** Before which act, for how long, and whether we ran and knew of it. */
    const anyOutage = fc.record({
      before: fc.nat(19),
      seconds: fc.oneof(fc.integer({ min: 60, max: 20_000 }), fc.constantFrom(1_800, 3_600, 7_200)),
      isKnown: fc.boolean(),
    });
    const outages = fc.array(anyOutage, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(acts, outages, async (given, gone) => {
        run += 1;
        const began = clock.now();
        const homeId = await furnishRun(core, run);
        const away = { homeId, municipalityId: 'norr' };
        await core.sweep.run();
        for (const [index, act] of given.entries()) {
          for (const { seconds, isKnown } of gone.filter(({ before }) => before === index)) {
            const from = clock.now();
            if (isKnown) {
              await tellAway(told, [{ ...away, from, to: null, wasDown: false }]);
              await passUntil(core, from + seconds * 1_000);
            } else clock.pass(seconds * 1_000);
            const wasDown = !isKnown;
            await tellAway(told, [{ ...away, from, to: clock.now(), wasDown }]);
          }
          await live(core, run, [act]);
        }
        await passUntil(core, clock.now() + 26 * hour);
        await expectSame(core, homeId, began);
        expect(core.failures).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  test('also when the rules change on the way', async () => {
    const core = await openCore({ clock: createTestClock() });
    const held = await holdOnly(core);
    // What was changed until now is no part of what is lived.
    core.clock.pass(1);
    let run = 0;
    const anyChange = fc.record({ before: fc.nat(19), rule: fc.nat(), to: fc.nat(2) });
    await fc.assert(
      fc.asyncProperty(
        acts,
        fc.array(anyChange, { minLength: 1, maxLength: 3 }),
        async (given, changes) => {
          run += 1;
          const homeId = await furnishRun(core, run);
          const first = held.versions.length;
          await core.sweep.run();
          for (const [index, act] of given.entries()) {
            for (const { rule, to } of changes.filter(({ before }) => before === index))
              await held.change(rule, to);
            await live(core, run, [act]);
          }
          await passUntil(core, core.clock.now() + 26 * hour);
          expect(held.versions.length).toBeGreaterThanOrEqual(first);
          const log = await storedLog(core, homeId);
          const stages = await Promise.all(
            held.versions.map((_, index) => held.rulesAfter(homeId, index + 1)),
          );
          let stage = first - 1;
          const found = new Map<string, Alert>();
          const evaluation = openEvaluation({
            contexts: [{ from: -Infinity, context: await contextOf(core, homeId) }],
            rules: stages[stage] ?? rules,
            terms: numbered(),
            changed: (alert) => found.set(alert.id, alert),
            changeTo: () => stages[(stage += 1)] ?? null,
          });
          evaluation.wake(log.from);
          for (const entry of log.entries) {
            evaluation.passUntil(entry.receivedAt);
            if (entry.type !== 'time.passed') evaluation.take(entry);
          }
          evaluation.passUntil(core.clock.now());
          const expected = (await storedAlerts(core, homeId)).map(foundOf);
          expect(sorted([...found.values()].map(foundOf))).toEqual(sorted(expected));
          expect(core.failures).toEqual([]);
        },
      ),
      { numRuns: 8 },
    );
  });
});

/** Puts the rules above in force in the store, instead of all others, and changes them one at a time. */
async function holdOnly({ store, clock }: Core) {
  const municipalityId = 'norr';
  const before = await store.transaction((ledger) => ledger.rulesInForce([municipalityId]));
  const versions: RuleVersion[] = [...(before.get(municipalityId)?.versions ?? [])];
  const read = readRules(source);
  const kept = read.ok ? read.rules : [];
  const why = { authorId: null, reason: 'A test.', origin: null };
  const next = (ruleId: string, isOn: boolean, text: string): RuleVersion => {
    const version = versions.filter((one) => one.ruleId === ruleId).length + 1;
    return { municipalityId, ruleId, version, isOn, source: text, at: clock.now(), ...why };
  };

  async function add(added: RuleVersion): Promise<void> {
    versions.push(added);
    await store.transaction(async (ledger) => {
      await ledger.addRuleVersions([added]);
      const { ruleId, version } = added;
      const change = { municipalityId, homeId: null, ruleId, version };
      await logChanges(ledger, [change], { at: clock.now(), newId: randomUUID });
    });
  }

  const standard = versions.slice();
  for (const { ruleId, source: text } of standard) await add(next(ruleId, false, text));
  for (const { rule, source: text } of kept) await add(next(rule.id, true, text));
  return {
    versions,
    /** Out of force, back as it was, or with other durations. */
    change: async (index: number, to: number) => {
      const { rule, source: text } = kept[index % kept.length] ?? { rule: { id: '' }, source: '' };
      const longer = text.replaceAll(/(within|for): (\d+)([smh])/g, '$1: 3$2$3');
      await add(next(rule.id, to !== 0, to === 2 ? longer : text));
    },
    rulesAfter: async (homeId: string, count: number) => {
      const inForce = { stamp: count, versions: versions.slice(0, count), overrides: [] };
      const ordered = inForce.versions.toSorted((a, b) => a.version - b.version);
      const rulebook = createRulebook({ unusable: () => {} });
      const ledger = {
        rulesInForce: async () => new Map([[municipalityId, { ...inForce, versions: ordered }]]),
      };
      return (await rulebook.of(ledger, [{ id: homeId, municipalityId }])).get(homeId);
    },
  };
}

async function contextOf({ store }: Core, homeId: string): Promise<HomeContext> {
  const context = (await store.directory.homes([homeId])).get(homeId)?.context;
  if (context === undefined) throw new Error('The home is not in the directory.');
  return context;
}

/** What devices told in the home and what changed of its rules since its devices were placed. */
async function storedLog({ storage }: Core, homeId: string) {
  const [placed] = await storage.query(
    `select min(from_at) as at from binding where home_id = '${homeId}'`,
  );
  const from = Number(placed?.['at']);
  const rows = await storage.query(
    `select * from event where home_id = '${homeId}'
       or (home_id is null and type = 'rules.changed' and received_at >= ${from}) order by seq`,
  );
  const entries = rows.map((row): LogEntry => ({
    municipalityId: 'norr',
    homeId,
    deviceId: typeof row['device_id'] === 'string' ? row['device_id'] : null,
    id: String(row['id']),
    type: row['type'] as LogEntry['type'],
    at: Number(row['at']),
    receivedAt: Number(row['received_at']),
    data: {},
  }));
  return { from, entries };
}

/** A home that no store knows, for what is about the evaluator alone. */
const home: HomeContext = {
  id: 'home',
  municipalityId: 'norr',
  unitId: 'norr-1',
  timeZone: 'Europe/Stockholm',
  flags: [],
  devices: Object.entries(placements).map(([id, placement]) => ({
    id,
    name: id,
    profile: id === 'button' ? 'call-button' : 'event-only',
    placement,
    placedAt: start,
    tells: types[id] ?? [],
    silentAfterMs: id === 'button' ? 30 * minute : null,
  })),
};

function logOf(given: readonly Act[]): LogEntry[] {
  let receivedAt = start;
  return given.map(({ kind, type, seconds, lateSeconds }, index) => {
    receivedAt += seconds * 1_000;
    const known = types[kind] ?? [];
    return {
      municipalityId: 'norr',
      homeId: 'home',
      deviceId: kind,
      id: `e${index}`,
      type: known[type % known.length] ?? 'unknown',
      at: receivedAt - (lateSeconds ?? 0) * 1_000,
      receivedAt,
      data: {},
    };
  });
}

function numbered() {
  let ids = 0;
  return { ...terms, newAlertId: () => `alert-${(ids += 1)}` };
}

describe('the evaluator', () => {
  test('gives the same whatever the order in which rules are listed', () => {
    const orders = fc.shuffledSubarray(listed, { minLength: listed.length });
    fc.assert(
      fc.property(acts, orders, (given, order) => {
        const log = logOf(given);
        const until = (log.at(-1)?.receivedAt ?? start) + 26 * hour;
        const of = (some: typeof listed) =>
          evaluate(home, compileRules(some), log, { ...numbered(), until });
        expect(of(order)).toEqual(of(listed));
      }),
      { numRuns: 100 },
    );
  });

  test('may stop anywhere and go on from what is stored', () => {
    fc.assert(
      fc.property(acts, fc.nat(20), (given, at) => {
        const log = logOf(given);
        const until = (log.at(-1)?.receivedAt ?? start) + 26 * hour;
        const whole = evaluate(home, rules, log, { ...numbered(), until });
        const alerts = new Map<string, Alert>();
        const ids = numbered();
        let kept: Pick<EvaluationOptions, 'state' | 'live' | 'now'> = {};
        const parts = [
          { entries: log.slice(0, at), end: -Infinity },
          { entries: log.slice(at), end: until },
        ];
        for (const { entries, end } of parts) {
          const evaluation = openEvaluation({
            contexts: [{ from: -Infinity, context: home }],
            rules,
            terms: ids,
            changed: (alert) => alerts.set(alert.id, alert),
            ...kept,
          });
          for (const entry of entries) {
            evaluation.passUntil(entry.receivedAt);
            evaluation.take(entry);
          }
          evaluation.passTime(end);
          const left = { state: evaluation.state(), live: evaluation.live() };
          kept = { ...(JSON.parse(JSON.stringify(left)) as typeof left), now: evaluation.now() };
        }
        expect([...alerts.values()]).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });
});
