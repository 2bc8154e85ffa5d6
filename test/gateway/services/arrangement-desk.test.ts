import { describe, expect, test } from 'vitest';

import type { Plan } from '../../../gateway/protocol/duty/plan.ts';
import type { PolicyInput } from '../../../gateway/protocol/duty/policy.ts';
import { adam, astrid, cilla, openArrangedWorld, patrol, sven, tore } from './arranged-world.ts';

const reason = 'A test wants it.';
const day = 24 * 3_600_000;
const noon: Plan = {
  lines: [{ unitId: 'norr-2', ofUnit: 'norr-1', hours: { from: '12:00', to: '18:00' } }],
  exceptions: [],
};
const empty: Plan = { lines: [], exceptions: [] };
const wrong: Plan = { lines: [{ unitId: 'gone' }], exceptions: [] };

function chain(id: string, some: Partial<PolicyInput> = {}): PolicyInput {
  return {
    id,
    title: 'Egen kedja',
    severities: ['high'],
    steps: [
      { asks: [{ who: 'responsible-unit' }], channels: ['screen', 'push'], waitSeconds: 90 },
      { asks: [{ who: 'everyone' }], channels: ['screen'], waitSeconds: 60 },
    ],
    arrivalMinutes: 20,
    reminderMinutes: 30,
    ...some,
  };
}

describe('a plan', () => {
  test('is empty until somebody writes one, and then says who did, when and why', async () => {
    const { arrangements, clock, logged } = await openArrangedWorld();
    const none = { version: 0, document: empty, author: null, at: null, reason: null };
    expect(await arrangements.plan(cilla)).toEqual(none);
    const put = await arrangements.putPlan(cilla, { version: 0, document: noon, reason });
    const author = { id: 'cilla', name: 'cillas namn' };
    expect(put).toEqual({ version: 1, document: noon, author, at: clock.now(), reason });
    expect(await arrangements.plan(adam)).toEqual(put);
    expect(await arrangements.plan(sven)).toEqual(none);
    expect(logged).toEqual([
      [
        { municipalityId: 'norr', document: 'plan', version: 1, authorId: 'cilla' },
        'arrangement changed',
      ],
    ]);
  });

  test('that somebody has changed meanwhile is not overwritten: it is told who, when and why', async () => {
    const { arrangements } = await openArrangedWorld();
    await arrangements.putPlan(cilla, { version: 0, document: noon, reason });
    await expect(
      arrangements.putPlan(cilla, { version: 0, document: empty, reason }),
    ).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(
        'cillas namn changed this on 2026-11-21 12:00 (version 1: “A test wants it.”)',
      ),
    });
    await expect(
      arrangements.putPlan(sven, { version: 3, document: empty, reason }),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect(await arrangements.plan(cilla)).toMatchObject({ version: 1, document: noon });
  });

  test('with errors is refused with all of them, and one with warnings is not', async () => {
    const { arrangements } = await openArrangedWorld();
    await expect(
      arrangements.putPlan(cilla, { version: 0, document: wrong, reason }),
    ).rejects.toMatchObject({
      code: 'invalid',
      message: 'This cannot be put in force:\nlines.0.unitId: There is no unit "gone".',
    });
    const past = { unitId: 'norr-2', from: '2026-01-01T00:00', to: '2026-01-02T00:00' };
    const document = { lines: [], exceptions: [past] };
    const { findings } = await arrangements.checkPlan(cilla, { document });
    expect(findings.map(({ severity }) => severity)).toEqual(['warning']);
    expect(await arrangements.putPlan(cilla, { version: 0, document, reason })).toMatchObject({
      version: 1,
    });
  });

  test('that says what holds already is no new version', async () => {
    const { arrangements, logged } = await openArrangedWorld();
    await arrangements.putPlan(cilla, { version: 0, document: noon, reason });
    const again = { version: 1, document: structuredClone(noon), reason: 'Again.' };
    expect(await arrangements.putPlan(cilla, again)).toMatchObject({ version: 1, reason });
    expect(logged).toHaveLength(1);
  });

  test('is read by administrators, and by neither carers nor technicians; coordinators alone change it', async () => {
    const { arrangements } = await openArrangedWorld();
    const forbidden = { code: 'forbidden' };
    for (const scope of [astrid, tore]) {
      await expect(arrangements.plan(scope)).rejects.toMatchObject(forbidden);
      await expect(arrangements.checkPlan(scope, { document: noon })).rejects.toMatchObject(
        forbidden,
      );
    }
    await expect(
      arrangements.putPlan(adam, { version: 0, document: noon, reason }),
    ).rejects.toMatchObject(forbidden);
  });

  test('is checked with who answers in the week from then, without being kept', async () => {
    const { arrangements, clock } = await openArrangedWorld();
    const from = clock.now() + day;
    const { findings, week, groups } = await arrangements.checkPlan(cilla, {
      document: noon,
      from,
    });
    expect(findings).toEqual([]);
    expect(groups).toEqual([{ homeIds: ['home-1', 'home-2'] }, { homeIds: ['home-3'] }]);
    expect(week[0]).toEqual({
      from,
      to: from + day / 4,
      unitId: 'norr-2',
      unitName: 'Lag norr-2',
      homes: 2,
      group: 0,
    });
    expect(week.at(-1)).toMatchObject({ to: from + 7 * day, unitId: 'norr-2', homes: 1, group: 1 });
    expect(await arrangements.plan(cilla)).toMatchObject({ version: 0 });
  });
});

test('a plan is warned of when a unit that plans its shifts would answer with nobody planned', async () => {
  const { arrangements, store, clock, units } = await openArrangedWorld();
  const team = { kind: 'team', duty: 'check-in', endpointId: null, serves: [] } as const;
  for (const id of ['norr-1', 'norr-2']) {
    await units.change(cilla, id, { ...team, serves: [], name: `Lag ${id}` });
  }
  const hours = { from: '07:00', to: '21:00' };
  const shift = { id: 'a', personId: 'astrid', hours, first: '2026-11-16', everyWeeks: 1 };
  await store.staffing.addDocument({
    municipalityId: 'norr',
    kind: 'roster',
    subjectId: 'norr-1',
    version: 1,
    document: { weekly: [shift], single: [], changes: [] },
    authorId: 'cilla',
    at: clock.now(),
    reason,
  });
  const texts = async (lines: Plan['lines']) => {
    const { findings } = await arrangements.checkPlan(cilla, { document: { ...empty, lines } });
    return findings.map(({ text }) => text.en);
  };
  expect(await texts([])).toEqual([
    'Nobody is planned in Lag norr-1 for 70 h of the week in which it answers.',
  ]);
  expect(await texts([{ unitId: 'norr-2', hours: { from: '21:00', to: '07:00' } }])).toEqual([]);
});

describe('live alerts', () => {
  test('go at once to the unit that answers by a new plan, and screens are told', async () => {
    const { arrangements, raise, alert, told, clock } = await openArrangedWorld();
    const moved = await raise('home-1');
    const stays = await raise('home-3');
    await arrangements.putPlan(cilla, { version: 0, document: noon, reason });
    const unitUntil = clock.now() + day / 4;
    expect(await alert(moved)).toMatchObject({ unitId: 'norr-2', unitUntil });
    expect(await alert(stays)).toMatchObject({ unitId: 'norr-2', unitUntil: null });
    expect(told).toMatchObject([
      { alert: { id: moved }, event: { type: 'assigned', reason: 'plan', unitId: 'norr-2' } },
    ]);
  });

  test('follow in the same transaction: when they cannot, the plan is not kept either', async () => {
    const { arrangements, raise, alert } = await openArrangedWorld({
      termsFor: async () => {
        throw new Error('No terms today.');
      },
    });
    const id = await raise('home-1');
    await expect(
      arrangements.putPlan(cilla, { version: 0, document: noon, reason }),
    ).rejects.toThrow('No terms today.');
    expect(await arrangements.plan(cilla)).toMatchObject({ version: 0 });
    expect(await alert(id)).toMatchObject({ unitId: 'norr-1' });
  });

  test('of other municipalities are left alone', async () => {
    const { arrangements, raise, alert, told } = await openArrangedWorld();
    const id = await raise('home-4');
    const before = await alert(id);
    await arrangements.putPlan(cilla, { version: 0, document: noon, reason });
    expect(await alert(id)).toEqual(before);
    expect(told).toEqual([]);
  });

  test('keep the policy with which they were raised', async () => {
    const { arrangements, raise, alert } = await openArrangedWorld();
    const before = await raise('home-1');
    const document = { policies: [chain('own')] };
    await arrangements.putPolicies(cilla, { version: 0, document, reason });
    const after = await raise('home-1');
    expect((await alert(before)).policy.id).toBe('care-default');
    expect((await alert(after)).policy.id).toBe('own');
  });
});

describe('policies', () => {
  test('are kept with author, time and reason, and not overwritten unseen', async () => {
    const { arrangements } = await openArrangedWorld();
    const document = { policies: [chain('own')] };
    const edit = { version: 0, document, reason };
    expect(await arrangements.putPolicies(cilla, edit)).toMatchObject({
      version: 1,
      document,
      author: { id: 'cilla' },
      reason,
    });
    expect(await arrangements.policies(adam)).toMatchObject({ version: 1 });
    await expect(
      arrangements.putPolicies(cilla, { ...edit, document: { policies: [] } }),
    ).rejects.toMatchObject({ code: 'conflict' });
    for (const scope of [adam, astrid, tore]) {
      await expect(arrangements.putPolicies(scope, edit)).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
  });

  test('that name what is not there are refused', async () => {
    const { arrangements, store, clock } = await openArrangedWorld();
    await store.staffing.addUnit(patrol({ serves: [] }), clock.now());
    const step = {
      asks: [{ who: 'unit' as const, unitId: 'patrol' }],
      channels: ['screen' as const],
      waitSeconds: 60,
    };
    const document = { policies: [chain('own', { steps: [step] })] };
    await expect(
      arrangements.putPolicies(cilla, { version: 0, document, reason }),
    ).rejects.toMatchObject({ code: 'invalid' });
  });

  test('are shown as lines of time with names, the defaults included, and with channels that are missing', async () => {
    const { arrangements } = await openArrangedWorld();
    const steps: PolicyInput['steps'] = [
      {
        asks: [{ who: 'people', ids: ['astrid'] }],
        channels: ['screen', 'email'],
        waitSeconds: 30,
      },
      { asks: [{ who: 'responsible-unit' }], channels: ['screen'], waitSeconds: 60 },
    ];
    const document = { policies: [chain('own', { steps })] };
    const { findings, timelines } = await arrangements.checkPolicies(adam, { document });
    expect(findings).toMatchObject([
      { severity: 'warning', path: expect.arrayContaining(['channels']) },
    ]);
    expect(timelines.map(({ policyId }) => policyId)).toEqual([
      'own',
      'care-default',
      'care-less-urgent',
      'technical-default',
    ]);
    expect(timelines[0]?.steps).toMatchObject([
      { afterSeconds: 0, asks: [{ text: { sv: 'astrids namn' } }], reachesNow: 1 },
      { afterSeconds: 30, reachesNow: 1, repeatsEverySeconds: 60 },
    ]);
  });
});
