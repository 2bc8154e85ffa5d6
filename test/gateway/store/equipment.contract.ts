import { describe, expect, test } from 'vitest';

import type { EquipmentLedger, NewEquipment } from '../../../gateway/domain/equipment.ts';
import { type Installation, newBody } from '../../../gateway/domain/installation/installation.ts';
import { DeviceProfile } from '../../../gateway/protocol/device/device-profile.ts';
import {
  addUser,
  entry,
  furnish,
  hour,
  keepAlert,
  minute,
  raised,
  scopeOf,
  secretHashOf,
  start,
} from './furnish.ts';
import type { CreateStorage } from './storage.ts';

const conflict = expect.objectContaining({ name: 'AppError', code: 'conflict' });
const notFound = expect.objectContaining({ name: 'AppError', code: 'not-found' });
const later = start + hour;

const described = DeviceProfile.parse({
  id: 'acme-contact',
  kind: 'door-contact',
  vendor: 'Acme',
  model: 'C1',
  title: { sv: 'Kontakt', en: 'Contact' },
  dialect: 'zigbee2mqtt',
  aliases: [],
  capabilities: ['door.opened', 'door.closed', 'tamper.detected'],
  supervision: { class: 'event-only', everyMs: null, graceMs: 0 },
  battery: null,
  placements: ['entrance'],
  picture: 'contact',
  scaip: null,
  source: null,
});

function button(some: Partial<NewEquipment> = {}): NewEquipment {
  return {
    id: 'new-button',
    municipalityId: 'norr',
    name: 'Larmknapp',
    profile: 'call-button',
    modelId: null,
    model: null,
    behind: null,
    serial: 'A-17',
    secretHash: secretHashOf('new-button'),
    at: start,
    ...some,
  };
}

const contact = button({
  id: 'contact',
  profile: 'door-contact',
  model: described,
  behind: { hubId: 'hub', address: '0x01' },
  serial: null,
  secretHash: null,
});
const hub = button({ id: 'hub', name: 'Hemnod', profile: 'hub', serial: null });
const atDoor = { homeId: 'home-1', placement: 'entrance', name: 'Ytterdörren' };

export function describeEquipment(createStorage: CreateStorage): void {
  async function open() {
    const storage = await createStorage();
    const store = await storage.open();
    await furnish(store, {
      norr: { 'norr-1': ['home-1', 'home-2'] },
      sor: { 'sor-1': ['home-3'] },
    });
    await addUser(store, { id: 'tore', municipalityId: 'norr', name: 'Tore Ek' });
    const change = <T>(work: (equipment: EquipmentLedger) => Promise<T>) =>
      store.transaction((ledger) => work(ledger.equipment));
    const homeOf = async (id: string) =>
      (await store.directory.homes([id])).get(id)?.context.devices.map((device) => device.id);
    const dueAt = async (homeId: string) => {
      const rows = await storage.query(`select due_at from home_state where home_id = '${homeId}'`);
      return rows[0]?.['due_at'];
    };
    const notDue = () => storage.query(`update home_state set due_at = null`);
    return { storage, store, change, homeOf, dueAt, notDue };
  }

  describe('equipment', () => {
    test('is nowhere at first, and signs in with its secret', async () => {
      const { store, change } = await open();
      expect(await store.directory.credentials('new-button')).toEqual([]);
      await change((equipment) => equipment.add(button()));
      expect(await store.equipment.device('new-button')).toEqual({
        id: 'new-button',
        municipalityId: 'norr',
        name: 'Larmknapp',
        profile: 'call-button',
        model: null,
        behind: null,
        serial: 'A-17',
        place: null,
        decommissionedAt: null,
      });
      const [credential] = await store.directory.credentials('new-button');
      expect(credential?.hash).toEqual(secretHashOf('new-button'));
      expect(await store.equipment.device('nowhere')).toBeNull();
    });

    test('behind a hub is as the hub describes it, and has no secret', async () => {
      const { storage, store, change } = await open();
      await change(async (equipment) => {
        await equipment.add(hub);
        await equipment.add(contact);
      });
      expect(await store.equipment.behind('hub')).toMatchObject([
        { id: 'contact', model: described, behind: { hubId: 'hub', address: '0x01' } },
      ]);
      expect((await store.directory.behind(['hub'])).get('hub')).toEqual(
        new Map([['0x01', 'contact']]),
      );
      expect(await store.directory.credentials('contact')).toEqual([]);
      expect(
        await storage.query('select id, is_steady from device where hub_id is not null'),
      ).toEqual([{ id: 'contact', is_steady: 0 }]);
    });

    test('is refused when its id, its serial or its address is taken', async () => {
      const { change } = await open();
      await change((equipment) => equipment.add(button()));
      await change((equipment) => equipment.add(hub));
      await change((equipment) => equipment.add(contact));
      for (const same of [
        button({ serial: 'B-1' }),
        button({ id: 'other' }),
        { ...contact, id: 'other' },
      ]) {
        await expect(change((equipment) => equipment.add(same))).rejects.toEqual(conflict);
      }
      await change((equipment) =>
        equipment.add(button({ id: 'theirs', municipalityId: 'sor', secretHash: null })),
      );
    });

    test('is placed and moved, and both homes are looked at anew', async () => {
      const { store, change, homeOf, dueAt, notDue } = await open();
      await change((equipment) => equipment.add(button()));
      expect(await homeOf('home-1')).toEqual(['button-home-1']);
      await notDue();
      const placed = { ...atDoor, deviceId: 'new-button' };
      await change((equipment) => equipment.place(placed, later));
      expect(await homeOf('home-1')).toEqual(['button-home-1', 'new-button']);
      expect(await dueAt('home-1')).toBe(later);
      expect(await dueAt('home-2')).toBeNull();
      expect(await store.equipment.device('new-button')).toMatchObject({
        name: 'Ytterdörren',
        place: { homeId: 'home-1', placement: 'entrance', since: later },
      });
      await notDue();
      const moved = { ...placed, homeId: 'home-2' };
      await change((equipment) => equipment.place(moved, later + minute));
      expect(await homeOf('home-1')).toEqual(['button-home-1']);
      expect(await homeOf('home-2')).toEqual(['button-home-2', 'new-button']);
      expect([await dueAt('home-1'), await dueAt('home-2')]).toEqual([
        later + minute,
        later + minute,
      ]);
      const file = (await store.directory.devices(['new-button'])).get('new-button');
      expect(file?.bindings.map(({ homeId, from, until }) => [homeId, from, until])).toEqual([
        ['home-2', later + minute, null],
        ['home-1', later, later + minute],
      ]);
    });

    test('is placed in a home of its own municipality only', async () => {
      const { change } = await open();
      await change((equipment) => equipment.add(button()));
      for (const [deviceId, homeId] of [
        ['new-button', 'home-3'],
        ['new-button', 'nowhere'],
        ['nothing', 'home-1'],
      ] as const) {
        const placed = { ...atDoor, deviceId, homeId };
        await expect(change((equipment) => equipment.place(placed, later))).rejects.toEqual(
          notFound,
        );
      }
    });

    test('is armed and disarmed, which its home knows at once', async () => {
      const { store, change } = await open();
      const armed = async () =>
        (await store.directory.homes(['home-1'])).get('home-1')?.context.devices[0]?.armedAt;
      expect(await armed()).toBeUndefined();
      await change((equipment) => equipment.arm('button-home-1', later));
      expect(await armed()).toBe(later);
      await change((equipment) => equipment.arm('button-home-1', null));
      expect(await armed()).toBeUndefined();
    });

    test('changes nothing, and nobody’s mind, when the transaction fails', async () => {
      const { store, change, homeOf } = await open();
      const failing = change(async (equipment) => {
        await equipment.add(button());
        await equipment.place({ ...atDoor, deviceId: 'new-button' }, later);
        throw new Error('Something else failed.');
      });
      await expect(failing).rejects.toThrow('Something else failed.');
      expect(await store.equipment.device('new-button')).toBeNull();
      expect(await homeOf('home-1')).toEqual(['button-home-1']);
    });
  });

  describe('equipment out of use', () => {
    test('is nowhere, signs in no more, and keeps its history where it was', async () => {
      const { storage, store, change, homeOf, dueAt, notDue } = await open();
      await store.transaction((ledger) => ledger.append([entry({ id: 'press' })]));
      await keepAlert(store, raised({ alertId: 'call', deviceId: 'button-home-1' }));
      expect(await store.directory.credentials('button-home-1')).toHaveLength(1);
      await notDue();
      await change((equipment) => equipment.decommission('button-home-1', 'Trasig.', later));
      expect(await store.directory.credentials('button-home-1')).toEqual([]);
      expect(await homeOf('home-1')).toEqual([]);
      expect(await dueAt('home-1')).toBe(later);
      const device = await store.equipment.device('button-home-1');
      expect(device).toMatchObject({ place: null, decommissionedAt: later });
      const kept = `select revoked_at from credential where device_id = 'button-home-1'`;
      expect(await storage.query(kept)).toEqual([{ revoked_at: later }]);
      const placing = change((equipment) =>
        equipment.place({ ...atDoor, homeId: 'home-2', deviceId: 'button-home-1' }, later),
      );
      await expect(placing).rejects.toEqual(conflict);
      const scope = scopeOf({ role: 'coordinator' });
      const [old, other] = await Promise.all(
        ['home-1', 'home-2'].map((id) => store.overview.home(scope, id, later)),
      );
      expect(old?.alerts.map(({ id }) => id)).toEqual(['call']);
      expect(other?.alerts).toEqual([]);
    });

    test('leaves its address, id apart, to another in another home, which knows nothing of the first', async () => {
      const { storage, store, change } = await open();
      await change(async (equipment) => {
        await equipment.add(hub);
        await equipment.add(contact);
        await equipment.add(button());
        await equipment.place({ ...atDoor, deviceId: 'contact' }, start);
      });
      const opened = entry({ id: 'open', deviceId: 'contact', type: 'door.opened', at: start + 1 });
      await store.transaction((ledger) => ledger.append([opened]));
      await keepAlert(store, raised({ alertId: 'door', deviceId: 'contact' }));
      await change(async (equipment) => {
        await equipment.decommission('contact', 'Flyttas.', later);
        await equipment.decommission('new-button', 'Tappad.', later);
      });
      await change(async (equipment) => {
        await equipment.add({ ...contact, id: 'contact-2' });
        await equipment.add(button({ id: 'button-2', secretHash: null }));
        const placed = { ...atDoor, homeId: 'home-2', deviceId: 'contact-2' };
        await equipment.place(placed, later + minute);
      });
      const scope = scopeOf({ role: 'coordinator' });
      const home = await store.overview.home(scope, 'home-2', later + 2 * minute);
      expect(home?.devices.map(({ id }) => id)).toContain('contact-2');
      expect(home?.alerts).toEqual([]);
      const old = await store.overview.home(scope, 'home-1', later);
      expect(old?.alerts).toHaveLength(1);
      const stirred = (one: typeof home) =>
        one?.activity?.lanes.flatMap(({ counts }) => counts).reduce((sum, each) => sum + each);
      expect([stirred(old), stirred(home)]).toEqual([1, 0]);
      expect(await storage.query(`select home_id from event where device_id = 'contact'`)).toEqual([
        { home_id: 'home-1' },
      ]);
      const seen = { afterSeq: 0, armedAt: start };
      const trace = await store.equipment.trace({ id: 'contact-2', homeId: 'home-2' }, seen);
      expect(trace).toMatchObject({ firstAt: null, alarms: [] });
    });

    test('speaks for nobody: a hub is kept while others in homes need it, and takes the rest with it', async () => {
      const { store, change } = await open();
      await change(async (equipment) => {
        await equipment.add(hub);
        await equipment.add(contact);
        await equipment.place({ ...atDoor, deviceId: 'contact' }, start);
      });
      const leaving = () => change((equipment) => equipment.decommission('hub', 'Trasig.', later));
      await expect(leaving()).rejects.toEqual(conflict);
      await expect(leaving()).rejects.toThrow(/Ytterdörren/);
      expect(await store.equipment.device('hub')).toMatchObject({ decommissionedAt: null });
      await change((equipment) => equipment.unplace('contact', later));
      await leaving();
      expect(await store.equipment.device('contact')).toMatchObject({ decommissionedAt: later });
      expect((await store.directory.behind(['hub'])).get('hub')).toEqual(new Map());
    });

    test('hands over those it speaks for to the hub that takes its place', async () => {
      const { store, change } = await open();
      await change(async (equipment) => {
        await equipment.add(hub);
        await equipment.add({ ...hub, id: 'hub-2' });
        await equipment.add(contact);
        await equipment.place({ ...atDoor, deviceId: 'contact' }, start);
        await equipment.replace('hub-2', 'hub');
        await equipment.decommission('hub', 'Utbytt.', later);
      });
      expect((await store.directory.behind(['hub-2'])).get('hub-2')).toEqual(
        new Map([['0x01', 'contact']]),
      );
    });
  });

  describe('what is looked for', () => {
    test('is found by id, serial or address, in one’s own municipality', async () => {
      const { storage, store, change } = await open();
      await change(async (equipment) => {
        await equipment.add(button());
        await equipment.add(hub);
        await equipment.add(contact);
      });
      const ids = async (wish: object, municipalityId = 'norr') => {
        const none = { ids: [], serials: [], addresses: [] };
        const found = await store.equipment.search(municipalityId, { ...none, ...wish });
        return found.map(({ id }) => id);
      };
      expect(await ids({ serials: ['A-17'] })).toEqual(['new-button']);
      expect(await ids({ addresses: ['0x01', '01'] })).toEqual(['contact']);
      expect(await ids({ ids: ['hub'] })).toEqual(['hub']);
      expect(await ids({ ids: ['hub'] }, 'sor')).toEqual([]);
      expect(await ids({})).toEqual([]);
      await change((equipment) => equipment.decommission('new-button', 'Tappad.', later));
      expect(await ids({ serials: ['A-17'] })).toEqual([]);
      expect(await ids({ ids: ['new-button'] })).toEqual(['new-button']);

      await storage.query(`insert into found(hub_id, address, municipality_id, dialect, label, profile,
        first_seen_at, last_seen_at) values ('hub', '0x02', 'norr', 'zigbee2mqtt', 'köket', null, 1, 2)`);
      const label = 'köket';
      const one = { hubId: 'hub', municipalityId: 'norr', address: '0x02', label, profile: null };
      expect(await store.equipment.found('norr', ['0x02'])).toEqual([one]);
      expect(await store.equipment.found('sor', ['0x02'])).toEqual([]);
      await storage.query(`update found set gone_at = 3`);
      expect(await store.equipment.found('norr', ['0x02'])).toEqual([]);
    });
  });

  describe('installations', () => {
    const begun: Installation = {
      id: 'one',
      municipalityId: 'norr',
      homeId: 'home-1',
      deviceId: null,
      byId: 'tore',
      state: 'open',
      startedAt: start,
      changedAt: start,
      body: newBody(null),
    };

    test('are listed open first and newest first, of their own municipality', async () => {
      const { store, change } = await open();
      await change(async (equipment) => {
        await equipment.addInstallation(begun);
        await equipment.addInstallation({
          ...begun,
          id: 'two',
          homeId: 'home-2',
          startedAt: later,
        });
        await equipment.addInstallation({ ...begun, id: 'old', state: 'signed', startedAt: later });
      });
      const ids = async (wish: object, municipalityId = 'norr') =>
        (await store.equipment.installations(municipalityId, wish)).map(({ id }) => id);
      expect(await ids({})).toEqual(['two', 'one', 'old']);
      expect(await ids({ homeId: 'home-1' })).toEqual(['one', 'old']);
      expect(await ids({ state: 'signed' })).toEqual(['old']);
      expect(await ids({ id: 'one' })).toEqual(['one']);
      expect(await ids({ id: 'one' }, 'sor')).toEqual([]);
      expect(await store.equipment.installations('norr', { id: 'one' })).toEqual([begun]);
    });

    test('are changed by whoever knows their last change, while they are open', async () => {
      const { store, change } = await open();
      await change((equipment) => equipment.addInstallation(begun));
      const body = { ...begun.body, armedAt: later };
      const changed = { ...begun, deviceId: 'button-home-1', changedAt: later, body };
      await change((equipment) => equipment.saveInstallation(changed, start));
      expect(await store.equipment.installations('norr', { id: 'one' })).toEqual([changed]);
      const stale = change((equipment) => equipment.saveInstallation(begun, start));
      await expect(stale).rejects.toEqual(conflict);
      const signed = { ...changed, state: 'signed' as const, changedAt: later + 1 };
      await change((equipment) => equipment.saveInstallation(signed, later));
      const reopened = change((equipment) => equipment.saveInstallation(changed, later + 1));
      await expect(reopened).rejects.toEqual(conflict);
    });

    test('are open of a device one at a time, and the other says whose it is and where', async () => {
      const { change } = await open();
      const first = { ...begun, deviceId: 'button-home-1' };
      await change((equipment) => equipment.addInstallation(first));
      const second = { ...first, id: 'two', homeId: 'home-2' };
      const adding = () => change((equipment) => equipment.addInstallation(second));
      await expect(adding()).rejects.toEqual(conflict);
      await expect(adding()).rejects.toThrow(/Tore Ek .* Storgatan home-1/);
      const signed = { ...first, state: 'signed' as const, changedAt: later };
      await change((equipment) => equipment.saveInstallation(signed, start));
      await adding();
    });
  });

  describe('what became of a device', () => {
    test('is the first of each type since then, without what it had stored from before', async () => {
      const { store } = await open();
      const device = { id: 'button-home-1', homeId: 'home-1' };
      const told = (id: string, some: object) => entry({ id, receivedAt: later, ...some });
      await store.transaction((ledger) =>
        ledger.append([
          entry({ id: 'before', type: 'test.pressed' }),
          told('1', { type: 'device.connected' }),
          told('2', { type: 'help.pressed', receivedAt: later + 5 }),
          told('3', { type: 'help.pressed', receivedAt: later + 9 }),
          told('4', { type: 'battery.measured', data: { percent: 80 } }),
          told('5', { type: 'fall.detected', data: { history: true } }),
          told('6', { type: 'tamper.detected', homeId: 'home-2' }),
        ]),
      );
      const trace = await store.equipment.trace(device, { afterSeq: 1, armedAt: null });
      expect(Object.fromEntries(trace.seen)).toEqual({
        'battery.measured': later,
        'help.pressed': later + 5,
      });
      expect(trace).toMatchObject({ firstAt: later, lastSeq: 7, connected: false, dropped: 0 });
    });

    test('is whether it lives, and how many of its words were dropped', async () => {
      const { store } = await open();
      await store.transaction((ledger) =>
        ledger.noteDevices([
          {
            deviceId: 'button-home-1',
            municipalityId: 'norr',
            lastSeenAt: later,
            connected: true,
            batteryPercent: 71,
            rssiDbm: -60,
            droppedWithoutConsent: 2,
          },
        ]),
      );
      const device = { id: 'button-home-1', homeId: 'home-1' };
      const trace = await store.equipment.trace(device, { afterSeq: 0, armedAt: null });
      expect(trace).toMatchObject({
        firstAt: null,
        connected: true,
        lastSeenAt: later,
        batteryPercent: 71,
        rssiDbm: -60,
        dropped: 2,
      });
    });

    test('is the test alarms since it was armed, and by whom each was taken', async () => {
      const { store } = await open();
      const device = { id: 'button-home-1', homeId: 'home-1' };
      const alarm = (alertId: string, some: object = {}) =>
        raised({ alertId, deviceId: device.id, isTest: true, at: later, ...some });
      await keepAlert(store, alarm('early', { at: later - 1 }));
      await keepAlert(store, alarm('real', { isTest: false }));
      await keepAlert(store, alarm('others', { deviceId: 'button-home-2' }));
      await keepAlert(store, alarm('alone', { at: later + 1 }));
      await keepAlert(store, alarm('taken', { at: later + 2 }), {
        type: 'accepted',
        at: later + 60,
        by: 'tore',
        etaAt: null,
        dueAt: later + hour,
      });
      const again = { type: 'repeated', severity: 'high', eventId: null, since: later } as const;
      const pressed = { ...again, at: later + 3, deviceId: device.id };
      await keepAlert(store, alarm('again', { at: start }), pressed);
      await keepAlert(store, alarm('by another', { at: start }), { ...pressed, deviceId: 'other' });
      const trace = await store.equipment.trace(device, { afterSeq: 0, armedAt: later });
      expect(trace.alarms).toEqual([
        { alertId: 'alone', raisedAt: later + 1, acceptedAt: null, acceptedBy: null },
        { alertId: 'taken', raisedAt: later + 2, acceptedAt: later + 60, acceptedBy: 'Tore Ek' },
        { alertId: 'again', raisedAt: later + 3, acceptedAt: null, acceptedBy: null },
      ]);
    });
  });
}
