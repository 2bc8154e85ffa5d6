import { describe, expect, test } from 'vitest';

import type { Scope } from '../../../gateway/domain/scope.ts';
import { rulesOf } from '../domain/home/given-home.ts';
import { addDevice, minute, scopeOf, start } from '../store/furnish.ts';
import { type Core, openCore } from './core.ts';

const rules = rulesOf(
  { id: 'help', on: 'help.pressed', severity: 'emergency' },
  { id: 'cold', on: 'temperature.measured', severity: 'technical' },
);

const astrid = scopeOf({ userId: 'astrid' });
const bengt = scopeOf({ userId: 'bengt' });
const technician = scopeOf({ userId: 'tore', role: 'technician' });
const administrator = scopeOf({ userId: 'adam', role: 'administrator' });

async function raise(core: Core, deviceId: string, type = 'help.pressed'): Promise<string> {
  core.told.length = 0;
  await core.send(deviceId, { type, data: { celsius: 4 } });
  const id = core.told[0]?.[0]?.alert.id ?? '';
  core.told.length = 0;
  return id;
}

async function openDesk() {
  const core = await openCore({ rules });
  return { core, desk: core.desk, id: await raise(core, 'button-home-1') };
}

const toldOf = (core: Core) => core.told.flat().map(({ event }) => event.type);

/** Every command that a person may give. */
const commands = {
  accept: (core: Core, scope: Scope, id: string) => core.desk.accept(scope, id, null),
  arrive: (core: Core, scope: Scope, id: string) => core.desk.arrive(scope, id),
  comment: (core: Core, scope: Scope, id: string) => core.desk.comment(scope, id, 'På väg.'),
  resolve: (core: Core, scope: Scope, id: string) => core.desk.resolve(scope, id, 'helped', null),
};

describe('the desk', () => {
  test('gives an alert to the first who takes it, and tells the other who that is by name', async () => {
    const { core, desk, id } = await openDesk();
    const [first, second] = await Promise.allSettled([
      desk.accept(astrid, id, 5),
      desk.accept(bengt, id, 5),
    ]);
    expect(first).toMatchObject({
      value: { state: 'accepted', acceptedBy: { id: 'astrid', name: 'astrids namn' } },
    });
    const refused = { code: 'conflict', message: 'astrids namn already has it.' };
    expect(second).toMatchObject({ reason: refused });
    await expect(desk.arrive(bengt, id)).rejects.toMatchObject(refused);
    await expect(desk.resolve(bengt, id, 'helped', null)).rejects.toMatchObject(refused);
    expect(toldOf(core)).toEqual(['accepted']);
  });

  test('answers with the alert as it is then, already told and durable', async () => {
    const { core, desk, id } = await openDesk();
    const view = await desk.accept(astrid, id, 30);
    expect(view).toMatchObject({
      id,
      state: 'accepted',
      etaAt: start + 30 * minute,
      next: { what: 'return', at: start + 30 * minute },
      resident: { name: 'Elsa home-1' },
    });
    expect(core.told.flat().map(({ seq }) => seq)).toEqual([view.seq]);
    const { timeline, ...seen } =
      (await core.store.overview.alert(astrid, id, core.clock.now())) ?? {};
    expect(seen).toEqual(view);
    expect(timeline?.map(({ type }) => type)).toEqual(['raised', 'accepted']);
    expect(await core.count('vaka_alert_events_total', 'accepted')).toBe(1);
  });

  test('does nothing more when it is asked for the same again, and answers the same', async () => {
    const { core, desk, id } = await openDesk();
    const accepted = await desk.accept(astrid, id, null);
    core.clock.pass(minute);
    expect(await desk.accept(astrid, id, null)).toEqual(accepted);
    const arrived = await desk.arrive(astrid, id);
    expect(await desk.arrive(astrid, id)).toEqual(arrived);
    const resolved = await desk.resolve(astrid, id, 'helped', 'Bra.');
    expect(await desk.resolve(bengt, id, 'helped', null)).toEqual(resolved);
    expect(resolved).toMatchObject({ state: 'resolved', next: null, outcome: 'helped' });
    expect(toldOf(core)).toEqual(['accepted', 'arrived', 'resolved']);
  });

  test('refuses to change what is over, save for comments', async () => {
    const { desk, id } = await openDesk();
    await desk.resolve(astrid, id, 'helped', null);
    const refused = { code: 'conflict', message: 'The alert has already been resolved.' };
    await expect(desk.accept(bengt, id, null)).rejects.toMatchObject(refused);
    await expect(desk.arrive(bengt, id)).rejects.toMatchObject(refused);
    await expect(desk.resolve(bengt, id, 'test', null)).rejects.toMatchObject(refused);
    expect(await desk.comment(bengt, id, 'Efteråt.')).toMatchObject({ state: 'resolved' });
  });

  test('knows no alert outside the scope, whatever is asked', async () => {
    const { core, id } = await openDesk();
    const outside = [
      scopeOf({ municipalityId: 'syd' }),
      scopeOf({ units: ['norr-2'] }),
      scopeOf({ units: [] }),
      technician,
    ];
    const missing = { code: 'not-found', message: 'There is no such alert.' };
    for (const command of Object.values(commands)) {
      for (const scope of outside) {
        await expect(command(core, scope, id)).rejects.toMatchObject(missing);
      }
      await expect(command(core, astrid, 'nothing')).rejects.toMatchObject(missing);
    }
    expect(core.told).toEqual([]);
  });

  test('opens an alert to other units once it asks the whole municipality', async () => {
    const { core, desk, id } = await openDesk();
    const elsewhere = scopeOf({ userId: 'bengt', units: ['norr-2'] });
    await core.sweepUntil(start + minute, minute);
    await expect(desk.accept(elsewhere, id, null)).rejects.toMatchObject({ code: 'not-found' });
    await core.sweepUntil(start + 2 * minute, minute);
    expect(await desk.accept(elsewhere, id, null)).toMatchObject({ state: 'accepted' });
  });

  test('is not an administrator’s to use, and a technician’s for the technical queue only', async () => {
    const { core, desk } = await openDesk();
    await addDevice(core.store, { id: 'thermometer', homeId: 'home-1', profile: 'thermometer' });
    const id = await raise(core, 'thermometer', 'temperature.measured');
    for (const command of Object.values(commands)) {
      await expect(command(core, administrator, id)).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await desk.accept(technician, id, null)).toMatchObject({
      state: 'accepted',
      resident: null,
    });
  });

  test('leaves nothing of a command that the store could not keep', async () => {
    const { core, desk, id } = await openDesk();
    await core.storage.query(
      `create trigger broken before update on alert begin select raise(abort, 'No disk.'); end`,
    );
    await expect(desk.accept(astrid, id, null)).rejects.toThrow('No disk.');
    expect(core.told).toEqual([]);
    await core.storage.query('drop trigger broken');
    expect(await desk.accept(bengt, id, null)).toMatchObject({ acceptedBy: { id: 'bengt' } });
  });
});

describe('a receipt', () => {
  const deliveries = async (core: Core) => {
    await core.desk.close();
    const rows = await core.storage.query(
      `select body from alert_event where type = 'delivered' order by seq`,
    );
    return rows.map(({ body }) => {
      const { by, step } = JSON.parse(String(body)) as { by: string; step: number };
      return `${by} ${step}`;
    });
  };

  test('of the first screen is written once for a step, whoever else sees the alert', async () => {
    const { core, desk, id } = await openDesk();
    for (let time = 0; time < 3; time += 1) {
      desk.seen(astrid, id);
      desk.seen(bengt, id);
    }
    expect(await deliveries(core)).toEqual(['astrid 0']);
    expect(toldOf(core)).toEqual(['delivered']);
  });

  test('is written again after an escalation', async () => {
    const { core, desk, id } = await openDesk();
    const receipt = Promise.withResolvers<void>();
    core.hub.subscribe(([change]) => {
      if (change?.event.type === 'delivered') receipt.resolve();
    });
    desk.seen(astrid, id);
    await receipt.promise;
    core.clock.pass(minute);
    await core.sweep.run();
    desk.seen(bengt, id);
    expect(await deliveries(core)).toEqual(['astrid 0', 'bengt 1']);
  });

  test('is written again when another unit is asked', async () => {
    const core = await openCore({ rules });
    const lines = [{ unitId: 'norr-2', hours: { from: '12:01', to: '18:00' } }];
    await core.store.staffing.addDocument({
      municipalityId: 'norr',
      kind: 'plan',
      subjectId: '',
      version: 1,
      document: { lines, exceptions: [] },
      authorId: 'cilla',
      at: start,
      reason: 'Kurs.',
    });
    const id = await raise(core, 'button-home-1');
    core.desk.seen(astrid, id);
    await core.desk.settle();
    core.clock.pass(minute);
    await core.sweep.run();
    core.desk.seen(bengt, id);
    expect(await deliveries(core)).toEqual(['astrid 0', 'bengt 0']);
  });

  test('of somebody who may not see the alert is none, and stands in nobody’s way', async () => {
    const { core, desk, id } = await openDesk();
    desk.seen(scopeOf({ userId: 'sara', municipalityId: 'syd' }), id);
    desk.seen(technician, id);
    desk.seen(astrid, 'nothing');
    desk.seen(astrid, id);
    expect(await deliveries(core)).toEqual(['astrid 0']);
  });

  test('of an alert that is over is none', async () => {
    const { core, desk, id } = await openDesk();
    await desk.resolve(astrid, id, 'helped', null);
    desk.seen(bengt, id);
    expect(await deliveries(core)).toEqual([]);
  });
});
