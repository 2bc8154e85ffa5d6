import { describe, expect, test } from 'vitest';

import type { Scope } from '../../../gateway/domain/scope.ts';
import { DutyPage, HandOverView } from '../../../gateway/protocol/duty/duty.ts';
import type { UnitInput } from '../../../gateway/protocol/duty/unit.ts';
import {
  addCheckInUnit,
  addUser,
  checkIn as checkInAtStore,
  hour,
  minute,
  scopeOf,
} from '../store/furnish.ts';
import {
  adam,
  type ArrangedWorld,
  astrid,
  bengt,
  cilla,
  openArrangedWorld,
  sara,
  tore,
} from './arranged-world.ts';

const birgit = scopeOf({ userId: 'birgit', units: ['norr-1'] });
const team: UnitInput = {
  name: 'Lag norr-1',
  kind: 'team',
  duty: 'check-in',
  endpointId: null,
  serves: [],
};

/** Norr-1 checks in, and has a second carer; norr-2 answers for all of norr from 21:00 to 07:00. */
async function openWorld() {
  const world = await openArrangedWorld();
  const { store, units, arrangements } = world;
  await addUser(store, { id: 'birgit', municipalityId: 'norr', units: ['norr-1'] });
  for (const id of ['norr-1', 'norr-2'])
    await units.change(cilla, id, { ...team, name: `Lag ${id}` });
  const lines = [{ unitId: 'norr-2', hours: { from: '21:00', to: '07:00' } }];
  await arrangements.putPlan(cilla, {
    version: 0,
    document: { lines, exceptions: [] },
    reason: 'Natt.',
  });
  return world;
}

type World = Awaited<ReturnType<typeof openWorld>>;

async function at({ duties }: ArrangedWorld, scope: Scope): Promise<string[]> {
  const page = DutyPage.parse(await duties.page(scope));
  return page.choices.flatMap(({ unit, onDuty }) =>
    onDuty.map(({ person }) => `${person.id} in ${unit.id}`),
  );
}

function checkIn({ duties, clock }: World, scope: Scope, unitId: string | null, hours = 8) {
  return duties.checkIn(scope, { unitId, until: clock.now() + hours * hour });
}

async function accepted(world: World, by: string, homeId = 'home-1'): Promise<string> {
  const id = await world.raise(homeId);
  const now = world.clock.now();
  await world.command(id, { type: 'accept', at: now, by, etaMinutes: null });
  return id;
}

describe('checking in', () => {
  test('puts somebody on duty until then, after which it is over without anybody doing anything', async () => {
    const world = await openWorld();
    const duty = await checkIn(world, astrid, 'norr-1', 8);
    expect(duty).toMatchObject({
      person: { id: 'astrid', name: 'astrids namn' },
      checkedInBy: null,
    });
    expect(await at(world, birgit)).toEqual(['astrid in norr-1']);
    world.clock.pass(8 * hour - 1);
    expect((await world.duties.page(astrid)).mine).toHaveLength(1);
    world.clock.pass(1);
    expect((await world.duties.page(astrid)).mine).toEqual([]);
    expect(await at(world, birgit)).toEqual([]);
  });

  test('takes the place of what one had in the same unit', async () => {
    const world = await openWorld();
    await checkIn(world, astrid, 'norr-1', 2);
    world.clock.pass(minute);
    const longer = await checkIn(world, astrid, 'norr-1', 9);
    expect((await world.duties.page(astrid)).mine).toEqual([longer]);
  });

  test('may be done for a colleague with whom one shares a phone', async () => {
    const world = await openWorld();
    const { duties, clock } = world;
    const until = clock.now() + hour;
    const duty = await duties.checkIn(astrid, { unitId: 'norr-1', until, personId: 'birgit' });
    expect(duty).toMatchObject({ person: { id: 'birgit' }, checkedInBy: { id: 'astrid' } });
    await duties.checkOut(astrid, duty.id, { handOver: [] });
    expect(await at(world, birgit)).toEqual([]);
  });

  test('is for own units, for people of the unit, and for a day at most', async () => {
    const world = await openWorld();
    const { duties, clock } = world;
    const now = clock.now();
    const tries: [Scope, Parameters<typeof duties.checkIn>[1], string][] = [
      [astrid, { unitId: 'norr-2', until: now + hour }, 'not-found'],
      [sara, { unitId: 'norr-1', until: now + hour }, 'not-found'],
      [cilla, { unitId: 'norr-1', until: now + hour }, 'not-found'],
      [astrid, { unitId: 'norr-1', until: now + hour, personId: 'bengt' }, 'invalid'],
      [astrid, { unitId: 'norr-1', until: now }, 'invalid'],
      [astrid, { unitId: 'norr-1', until: now + 24 * hour + 1 }, 'invalid'],
      [astrid, { unitId: null, until: now + hour }, 'forbidden'],
      [adam, { unitId: null, until: now + hour }, 'forbidden'],
      [cilla, { unitId: null, until: now + hour, personId: 'tore' }, 'forbidden'],
    ];
    for (const [scope, wish, code] of tries)
      await expect(duties.checkIn(scope, wish)).rejects.toMatchObject({ code });
    await duties.checkIn(astrid, { unitId: 'norr-1', until: now + 24 * hour });
  });

  test('says of coordinators and technicians that they are on call', async () => {
    const world = await openWorld();
    await checkIn(world, tore, null);
    const page = await world.duties.page(cilla);
    expect(page).toMatchObject({ mayBeOnCall: true, choices: [], mine: [] });
    expect(page.onCall).toMatchObject([{ person: { id: 'tore' }, unit: null }]);
    expect(await world.duties.page(sara)).toMatchObject({ onCall: [], mayBeOnCall: false });
  });

  test('proposes the end of one’s planned shift, or else of the hours in which the unit answers', async () => {
    const world = await openWorld();
    const { rosters, duties, arrangements, clock } = world;
    const lines = [
      { unitId: 'norr-1', hours: { from: '07:00', to: '21:00' } },
      { unitId: 'norr-2', hours: { from: '21:00', to: '07:00' } },
    ];
    const plan = { lines, exceptions: [] };
    await arrangements.putPlan(cilla, { version: 1, document: plan, reason: 'Dag och natt.' });
    const shift = { id: 's', personId: 'astrid' };
    const single = [{ ...shift, from: '2026-11-21T13:30', to: '2026-11-21T18:15' }];
    const document = { weekly: [], single, changes: [] };
    await rosters.put(cilla, 'norr-1', { version: 0, document, reason: 'Ny.' });
    const proposed = async (scope: Scope) => {
      const [choice] = (await duties.page(scope)).choices;
      return new Date(choice?.proposedUntil ?? 0).toISOString();
    };
    expect(await proposed(astrid)).toBe('2026-11-21T17:15:00.000Z');
    expect(await proposed(birgit)).toBe('2026-11-21T20:00:00.000Z');
    // The night is too far away for being what is meant.
    expect(await proposed(bengt)).toBe('2026-11-21T19:00:00.000Z');
    clock.set(Date.parse('2026-11-21T19:30:00Z'));
    expect(await proposed(bengt)).toBe('2026-11-22T06:00:00.000Z');
  });

  test('is possible where all always count, too', async () => {
    const world = await openWorld();
    await world.units.change(cilla, 'norr-1', { ...team, duty: 'always' });
    await checkIn(world, astrid, 'norr-1');
    expect((await world.duties.page(astrid)).choices).toMatchObject([
      { unit: { id: 'norr-1' }, isKept: false, onDuty: [{ person: { id: 'astrid' } }] },
    ]);
    const members = (await world.duties.page(astrid)).choices[0]?.members;
    expect(members?.map(({ id }) => id)).toEqual(['astrid', 'birgit']);
  });
});

describe('handing over', () => {
  test('shows what one has, what else is open in the unit, and who can take it', async () => {
    const world = await openWorld();
    const duty = await checkIn(world, astrid, 'norr-1');
    await checkIn(world, birgit, 'norr-1');
    await checkIn(world, bengt, 'norr-2');
    const mine = await accepted(world, 'astrid');
    const open = await world.raise('home-2');
    const view = HandOverView.parse(await world.duties.handOver(astrid, duty.id));
    expect(view.mine.map(({ id }) => id)).toEqual([mine]);
    expect(view.open.map(({ id }) => id)).toEqual([open]);
    expect(view.receivers).toEqual(
      [
        { id: 'bengt', name: 'bengts namn', unitName: 'Lag norr-2', alertIds: [mine] },
        { id: 'birgit', name: 'birgit', unitName: 'Lag norr-1', alertIds: [mine] },
      ].toSorted((a, b) => (a.unitName < b.unitName ? 1 : -1)),
    );
    expect(await world.accessRows()).toEqual(['astrid alerts norr']);
    await expect(world.duties.handOver(birgit, duty.id)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('gives each alert to whom it is meant for, or back to the queue, and ends the duty', async () => {
    const world = await openWorld();
    const duty = await checkIn(world, astrid, 'norr-1');
    await checkIn(world, birgit, 'norr-1');
    const first = await accepted(world, 'astrid');
    const second = await accepted(world, 'astrid', 'home-2');
    const handOver = [
      { alertId: first, to: 'birgit' },
      { alertId: second, to: null },
    ];
    await world.duties.checkOut(astrid, duty.id, { handOver });
    expect(await world.alert(first)).toMatchObject({ state: 'accepted', by: 'birgit' });
    expect(await world.alert(second)).toMatchObject({ state: 'firing', by: null });
    // The one who leaves is not asked again.
    expect((await world.alert(second)).reached.people).toEqual(['birgit']);
    expect(await at(world, birgit)).toEqual(['birgit in norr-1']);
    expect(world.told.map(({ event }) => event.type)).toEqual(
      expect.arrayContaining(['handed-over', 'returned']),
    );
    await expect(world.duties.checkOut(astrid, duty.id, { handOver: [] })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('changes nothing when an alert is forgotten, or given to somebody who is not at work', async () => {
    const world = await openWorld();
    const duty = await checkIn(world, astrid, 'norr-1');
    const id = await accepted(world, 'astrid');
    const other = await accepted(world, 'astrid', 'home-2');
    const attempts = [
      { handOver: [{ alertId: id, to: null }], code: 'conflict' },
      {
        handOver: [
          { alertId: id, to: null },
          { alertId: other, to: 'birgit' },
        ],
        code: 'invalid',
      },
    ];
    for (const { handOver, code } of attempts) {
      const trying = world.duties.checkOut(astrid, duty.id, { handOver });
      await expect(trying).rejects.toMatchObject({ code });
    }
    expect(await world.alert(id)).toMatchObject({ state: 'accepted', by: 'astrid' });
    expect((await world.duties.page(astrid)).mine).toMatchObject([{ id: duty.id }]);
  });

  test('gives an alert to nobody but those whom it concerns, though they be at work for another of them', async () => {
    const world = await openWorld();
    const { store, duties } = world;
    await addCheckInUnit(store, 'syd-patrull', ['norr']);
    await addUser(store, { id: 'patrik', municipalityId: 'syd', units: ['syd-patrull'] });
    await checkInAtStore(store, 'patrik', 'syd-patrull', {
      from: world.clock.now(),
      until: world.clock.now() + hour,
    });
    const duty = await checkIn(world, astrid, 'norr-1');
    const ours = await accepted(world, 'astrid', 'home-1');
    const theirs = await accepted(world, 'astrid', 'home-2');
    const document = {
      lines: [{ unitId: 'syd-patrull', homeIds: ['home-2'] }],
      exceptions: [],
    };
    await world.arrangements.putPlan(cilla, { version: 1, document, reason: 'Patrull.' });
    const { receivers } = await duties.handOver(astrid, duty.id);
    expect(receivers).toMatchObject([{ id: 'patrik', alertIds: [theirs] }]);
    const handOver = (to: string) => [
      { alertId: ours, to },
      { alertId: theirs, to: 'patrik' },
    ];
    await expect(
      duties.checkOut(astrid, duty.id, { handOver: handOver('patrik') }),
    ).rejects.toMatchObject({ code: 'invalid' });
    expect(await world.alert(theirs)).toMatchObject({ by: 'astrid' });
    await checkIn(world, birgit, 'norr-1');
    await duties.checkOut(astrid, duty.id, { handOver: handOver('birgit') });
    expect(await world.alert(theirs)).toMatchObject({ by: 'patrik' });
  });

  test('shows whoever checked a colleague in what that one has in their unit, and nothing of other units', async () => {
    const world = await openWorld();
    const { store, duties, clock } = world;
    await addUser(store, { id: 'both', municipalityId: 'norr', units: ['norr-1', 'norr-2'] });
    const here = await accepted(world, 'both', 'home-1');
    const there = await accepted(world, 'both', 'home-3');
    const wish = { unitId: 'norr-1', until: clock.now() + hour, personId: 'both' };
    const { id } = await duties.checkIn(astrid, wish);
    expect((await duties.handOver(astrid, id)).mine.map((alert) => alert.id)).toEqual([here]);
    await expect(duties.handOver({ ...astrid, units: ['norr-2'] }, id)).rejects.toMatchObject({
      code: 'not-found',
    });
    await duties.checkOut(astrid, id, { handOver: [{ alertId: here, to: null }] });
    expect(await world.alert(there)).toMatchObject({ by: 'both', state: 'accepted' });
  });

  test('passes over what somebody has taken meanwhile', async () => {
    const world = await openWorld();
    const duty = await checkIn(world, astrid, 'norr-1');
    const id = await accepted(world, 'astrid');
    const now = world.clock.now();
    await world.command(id, { type: 'take-over', at: now, by: 'birgit', etaMinutes: null });
    const handOver = [{ alertId: id, to: null }];
    await world.duties.checkOut(astrid, duty.id, { handOver });
    expect(await world.alert(id)).toMatchObject({ by: 'birgit' });
  });

  test('leaves with whoever stays at work elsewhere what that other unit answers for', async () => {
    const world = await openWorld();
    const { store, duties } = world;
    const both = scopeOf({ userId: 'both', units: ['norr-1', 'norr-2'] });
    await addUser(store, { id: 'both', municipalityId: 'norr', units: ['norr-1', 'norr-2'] });
    const first = await checkIn(world, both, 'norr-1');
    await checkIn(world, both, 'norr-2');
    const ofFirst = await accepted(world, 'both', 'home-1');
    const ofSecond = await accepted(world, 'both', 'home-3');
    const { mine } = await duties.handOver(both, first.id);
    expect(mine.map(({ id }) => id)).toEqual([ofFirst]);
    await duties.checkOut(both, first.id, { handOver: [{ alertId: ofFirst, to: null }] });
    expect(await world.alert(ofSecond)).toMatchObject({ by: 'both', state: 'accepted' });
  });
});
