import { describe, expect, test } from 'vitest';

import { Coverage } from '../../../gateway/protocol/duty/roster.ts';
import { roster, weekly } from '../domain/roster/given.ts';
import { hour } from '../store/furnish.ts';
import { adam, astrid, cilla, openArrangedWorld, patrol, sven, tore } from './arranged-world.ts';

const team = { kind: 'team' as const, duty: 'check-in' as const, endpointId: null, serves: [] };
const document = roster({
  weekly: [weekly({ id: 'd', hours: { from: '07:00', to: '21:00' } })],
});
const edit = { version: 0, document, reason: 'Höstens schema.' };

describe('a roster', () => {
  test('is empty at first, and then what was put in force last, with who, when and why', async () => {
    const { rosters, clock, logged } = await openArrangedWorld();
    expect(await rosters.roster(cilla, 'norr-1')).toMatchObject({ version: 0, author: null });
    const put = await rosters.put(cilla, 'norr-1', edit);
    expect(put).toEqual({
      version: 1,
      document,
      author: { id: 'cilla', name: 'cillas namn' },
      at: clock.now(),
      reason: 'Höstens schema.',
    });
    expect(await rosters.roster(adam, 'norr-1')).toEqual(put);
    expect(logged).toEqual([
      [
        { municipalityId: 'norr', unitId: 'norr-1', version: 1, authorId: 'cilla' },
        'roster changed',
      ],
    ]);
    await rosters.put(cilla, 'norr-1', { ...edit, version: 1 });
    expect(await rosters.roster(cilla, 'norr-1')).toMatchObject({ version: 1 });
  });

  test('that somebody has changed since is a conflict that says who and why', async () => {
    const { rosters } = await openArrangedWorld();
    await rosters.put(cilla, 'norr-1', edit);
    const late = rosters.put(cilla, 'norr-1', { ...edit, document: roster() });
    await expect(late).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('cillas namn changed this on 2026-11-21 12:00'),
    });
  });

  test('names people of the municipality only, and each shift once', async () => {
    const { rosters } = await openArrangedWorld();
    const hours = { from: '07:00', to: '21:00' };
    for (const shifts of [
      [weekly({ id: 'd', hours, personId: 'sara' })],
      [weekly({ id: 'd', hours }), weekly({ id: 'd', hours })],
    ]) {
      const wrong = { ...edit, document: roster({ weekly: shifts }) };
      await expect(rosters.put(cilla, 'norr-1', wrong)).rejects.toMatchObject({ code: 'invalid' });
    }
  });

  test('is changed by coordinators of its municipality, and read by administrators', async () => {
    const { rosters } = await openArrangedWorld();
    await expect(rosters.put(adam, 'norr-1', edit)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(rosters.roster(astrid, 'norr-1')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(rosters.roster(tore, 'norr-1')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(rosters.roster(sven, 'norr-1')).rejects.toMatchObject({ code: 'not-found' });
    await expect(rosters.put(sven, 'norr-1', edit)).rejects.toMatchObject({ code: 'not-found' });
    const file = { format: 'csv', text: '' } as const;
    await expect(rosters.read(adam, 'norr-1', file)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('is not changed by reading a file', async () => {
    const { rosters } = await openArrangedWorld();
    const text = 'Namn;Datum;Från;Till\nastrids namn;2026-11-24;21:00;07:00\nSara;x;y;z';
    const read = await rosters.read(cilla, 'norr-1', { format: 'csv', text });
    expect(read.roster.single).toMatchObject([{ personId: 'astrid', to: '2026-11-25T07:00' }]);
    expect(read.findings).toMatchObject([{ severity: 'error', path: ['line', 3] }]);
    expect(await rosters.roster(cilla, 'norr-1')).toMatchObject({ version: 0 });
  });
});

describe('coverage', () => {
  test('shows who comes and where nobody does, in own units, for eight weeks from now', async () => {
    const { rosters, units, clock } = await openArrangedWorld();
    await units.change(cilla, 'norr-1', { ...team, name: 'Dag' });
    await rosters.put(cilla, 'norr-1', edit);
    const answer = Coverage.parse(await rosters.coverage(cilla, { weeks: 8 }));
    expect(answer.to - answer.from).toBe(8 * 7 * 24 * hour);
    expect(answer).toMatchObject({ from: clock.now(), timeZone: 'Europe/Stockholm' });
    expect(answer.shifts).toHaveLength(57);
    expect(answer.shifts[0]).toMatchObject({
      unitId: 'norr-1',
      person: { id: 'astrid', name: 'astrids namn' },
      date: '2026-11-21',
      isSwap: false,
    });
    expect(answer.gaps).toHaveLength(56);
    expect(answer.gaps[0]).toMatchObject({ unitId: 'norr-1', unitName: 'Dag', minutes: 600 });
    expect(await rosters.coverage(cilla, { weeks: 8, unitId: 'norr-2' })).toMatchObject({
      shifts: [],
      gaps: [],
    });
    expect((await rosters.coverage(sven, { weeks: 8 })).gaps).toEqual([]);
  });

  test('counts nobody who does not belong to the unit, and says so of their shifts', async () => {
    const { rosters, units } = await openArrangedWorld();
    await units.change(cilla, 'norr-1', { ...team, name: 'Dag' });
    await rosters.put(cilla, 'norr-1', edit);
    const before = await rosters.coverage(cilla, { weeks: 1 });
    const away = edit.document.weekly.map((shift) => ({ ...shift, personId: 'bengt' }));
    const changed = { ...edit.document, weekly: away };
    await rosters.put(cilla, 'norr-1', { version: 1, document: changed, reason: 'Vikarie.' });
    const after = await rosters.coverage(cilla, { weeks: 1 });
    expect(new Set(before.shifts.map(({ isVacant }) => isVacant))).toEqual(new Set([false]));
    expect(new Set(after.shifts.map(({ isVacant }) => isVacant))).toEqual(new Set([true]));
    expect(after.gaps).toMatchObject([{ from: after.from, to: after.to }]);
  });

  test('asks a shared patrol about the hours in which it answers for another municipality', async () => {
    const { rosters, store, arrangements, clock } = await openArrangedWorld();
    await store.staffing.addUnit(patrol({ duty: 'check-in' }), clock.now());
    const lines = [{ unitId: 'patrol', hours: { from: '21:00', to: '07:00' } }];
    const plan = { lines, exceptions: [] };
    await arrangements.putPlan(cilla, { version: 0, document: plan, reason: 'Natt.' });
    const { gaps } = await rosters.coverage(sven, { weeks: 1 });
    expect(gaps).toHaveLength(7);
    expect(gaps[0]).toMatchObject({ unitId: 'patrol', minutes: 600 });
  });

  test('is refused for a time of no calendar', async () => {
    const { rosters } = await openArrangedWorld();
    const asked = rosters.coverage(cilla, { from: Number.MAX_SAFE_INTEGER, weeks: 1 });
    await expect(asked).rejects.toMatchObject({ code: 'invalid' });
  });
});
