import { describe, expect, test } from 'vitest';

import type { UnitInput } from '../../../gateway/protocol/duty/unit.ts';
import {
  adam,
  type ArrangedWorld,
  astrid,
  cilla,
  openArrangedWorld,
  patrol,
  sven,
  tore,
} from './arranged-world.ts';

const team: UnitInput = {
  name: 'Kvällslaget',
  kind: 'team',
  duty: 'check-in',
  endpointId: null,
  serves: [],
};

async function names({ units }: ArrangedWorld, scope: typeof cilla) {
  const { items } = await units.list(scope);
  return items.map(({ name, isOwn }) => `${name}${isOwn ? '' : ' (another’s)'}`);
}

describe('the units of a municipality', () => {
  test('are its own, and those of others that serve it', async () => {
    const world = await openArrangedWorld();
    await world.store.staffing.addUnit(patrol(), world.clock.now());
    await world.store.staffing.addUnit(
      patrol({ id: 'other', serves: [], name: 'Andra' }),
      world.clock.now(),
    );
    const own = ['Lag norr-1', 'Lag norr-2', 'Nattpatrullen (another’s)'];
    expect(await names(world, cilla)).toEqual(own);
    expect(await names(world, adam)).toEqual(own);
    expect(await names(world, sven)).toEqual(['Andra', 'Lag syd-1', 'Nattpatrullen']);
  });

  test('come with whom they may serve, and whom a policy may name', async () => {
    const { units } = await openArrangedWorld();
    const { municipalities, people } = await units.list(cilla);
    expect(municipalities).toEqual([{ id: 'syd', name: 'syds kommun' }]);
    expect(people.map(({ id, role }) => `${id} ${role}`)).toEqual([
      'adam administrator',
      'astrid carer',
      'bengt carer',
      'cilla coordinator',
      'tore technician',
    ]);
  });

  test('tell who belongs to them and who is on duty; of another’s no more than who is on duty', async () => {
    const { units, store, clock } = await openArrangedWorld();
    const at = clock.now();
    await store.staffing.addUnit(patrol({ serves: ['norr'] }), at);
    const duty = { municipalityId: 'norr', from: at, until: at + 1, byId: 'astrid' };
    await store.staffing.addDuty({ ...duty, id: 'a', personId: 'astrid', unitId: 'norr-1' });
    const own = { ...duty, municipalityId: 'syd', personId: 'sara', byId: 'sara' };
    await store.staffing.addDuty({ ...own, id: 'b', unitId: 'patrol' });
    const { items } = await units.list(cilla);
    const onDuty = [{ id: 'astrid', name: 'astrids namn', until: at + 1 }];
    expect(items[0]).toMatchObject({ id: 'norr-1', onDuty, members: [{ id: 'astrid' }] });
    expect(items[2]).toMatchObject({
      id: 'patrol',
      municipality: { id: 'syd', name: 'syds kommun' },
      onDuty: [{ id: 'sara', name: 'saras namn' }],
      members: [],
      endpointId: null,
      serves: ['norr'],
    });
    clock.pass(1);
    expect((await units.list(cilla)).items[0]?.onDuty).toEqual([]);
  });

  test('are added and changed by a coordinator of their own municipality', async () => {
    const world = await openArrangedWorld();
    const { units, logged } = world;
    const added = await units.add(cilla, team);
    expect(added).toMatchObject({ ...team, isOwn: true, municipality: { id: 'norr' } });
    const changed = await units.change(cilla, added.id, { ...team, name: 'Natt', serves: ['syd'] });
    expect(changed).toMatchObject({ name: 'Natt', serves: ['syd'] });
    expect(await names(world, sven)).toEqual(['Lag syd-1', 'Natt (another’s)']);
    expect(logged).toEqual([
      [{ municipalityId: 'norr', unitId: added.id, authorId: 'cilla' }, 'unit changed'],
      [{ municipalityId: 'norr', unitId: added.id, authorId: 'cilla' }, 'unit changed'],
    ]);
    await expect(units.change(sven, added.id, team)).rejects.toMatchObject({ code: 'not-found' });
    await expect(units.change(cilla, 'gone', team)).rejects.toMatchObject({ code: 'not-found' });
    const centre: UnitInput = { ...team, kind: 'alarm-centre', endpointId: 'gone' };
    await expect(units.add(cilla, centre)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('tell who made them what they are, when and why, and are not overwritten unseen', async () => {
    const { units, clock } = await openArrangedWorld();
    const [untouched] = (await units.list(cilla)).items;
    expect(untouched).toMatchObject({ id: 'norr-1', version: 0, changed: null });
    const at = clock.now();
    const change = { ...team, version: 0, reason: 'Kvällen är ny.' };
    const author = { id: 'cilla', name: 'cillas namn' };
    expect(await units.change(cilla, 'norr-1', change)).toMatchObject({
      version: 1,
      changed: { author, at, reason: 'Kvällen är ny.' },
    });
    const late = units.change(cilla, 'norr-1', { ...change, duty: 'always' });
    await expect(late).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('cillas namn changed this'),
    });
    expect((await units.list(adam)).items[0]).toMatchObject({ duty: 'check-in', version: 1 });
    const added = await units.add(cilla, { ...team, name: 'Natt', serves: ['syd'] });
    expect(added).toMatchObject({ version: 1, changed: { author, reason: null } });
    const theirs = (await units.list(sven)).items.find(({ id }) => id === added.id);
    expect(theirs).toMatchObject({ version: 0, changed: null });
  });

  test('are read by an administrator, and neither by carers nor by technicians', async () => {
    const { units } = await openArrangedWorld();
    const forbidden = { code: 'forbidden' };
    for (const scope of [astrid, tore]) {
      await expect(units.list(scope)).rejects.toMatchObject(forbidden);
    }
    for (const scope of [adam, astrid, tore]) {
      await expect(units.add(scope, team)).rejects.toMatchObject(forbidden);
      await expect(units.change(scope, 'norr-1', team)).rejects.toMatchObject(forbidden);
    }
  });
});

test('what a unit answered for goes to the homes’ own units at once when it serves them no longer', async () => {
  const { store, clock, units, arrangements, raise, alert, told } = await openArrangedWorld();
  await store.staffing.addUnit(patrol(), clock.now());
  const document = { lines: [{ unitId: 'patrol' }], exceptions: [] };
  await arrangements.putPlan(cilla, { version: 0, document, reason: 'Shared.' });
  const id = await raise('home-1');
  expect(await alert(id)).toMatchObject({ unitId: 'patrol' });
  const { municipalityId: _, id: unitId, ...input } = patrol({ serves: [] });
  await units.change(sven, unitId, input);
  expect(await alert(id)).toMatchObject({ unitId: 'norr-1' });
  expect(told.map(({ event }) => event)).toMatchObject([{ type: 'assigned', unitId: 'norr-1' }]);
});
