import { describe, expect, test } from 'vitest';

import { isInForce } from '../../../gateway/domain/duty/held.ts';
import { hashSecret } from '../../../gateway/services/onboarding.ts';
import { adam, astrid, cilla, sven, tore } from './arranged-world.ts';
import { openInstallationWorld } from './installation-world.ts';

const minute = 60_000;
const hour = 60 * minute;
const atDoor = { placement: 'entrance', name: 'Ytterdörren' } as const;
const conflict = { name: 'AppError', code: 'conflict' };
const notFound = { name: 'AppError', code: 'not-found' };

describe('an installation', () => {
  test('goes from the device to its protocol, seen from what the device and people do', async () => {
    const { desk, clock, tells, alarm, command, store } = await openInstallationWorld();
    const { id, step } = await desk.begin(tore, { homeId: 'home-1' });
    expect(step).toBe('device');
    const { installation, secret } = await desk.choose(tore, id, { profile: 'door-contact' });
    expect(installation).toMatchObject({ step: 'placement', firstMessageAt: null });
    const deviceId = secret?.deviceId ?? '';
    expect(secret).toMatchObject({ othersUntil: null, mqttUrl: 'mqtt://vaka.example:1883' });
    const [credential] = await store.directory.credentials(deviceId);
    expect(credential?.hash).toEqual(hashSecret(secret?.secret ?? ''));

    const placed = await desk.place(tore, id, atDoor);
    expect(placed).toMatchObject({
      step: 'first-message',
      trialUntil: clock.now() + 4 * hour,
      device: { id: deviceId, name: 'Ytterdörren', placement: 'entrance', hub: null },
    });
    clock.pass(minute);
    await tells(deviceId, 'device.heartbeat');
    const heardAt = clock.now();
    expect(await desk.one(tore, id)).toMatchObject({ step: 'tests', firstMessageAt: heardAt });
    clock.pass(minute);
    await tells(deviceId, 'door.opened');
    const half = await desk.one(tore, id);
    expect(half.tests).toEqual([
      { type: 'door.opened', seenAt: clock.now(), skipped: null, isUnconsented: false },
      { type: 'door.closed', seenAt: null, skipped: null, isUnconsented: false },
    ]);
    await expect(desk.sign(tore, id, {})).rejects.toThrow(/door\.closed/);
    await tells(deviceId, 'door.closed');
    expect(await desk.one(tore, id)).toMatchObject({ step: 'alarm', firstMessageAt: heardAt });

    const armed = await desk.arm(tore, id);
    const armedAt = clock.now();
    expect(armed.alarm).toMatchObject({ armedAt, alertId: null });
    const device = (await store.directory.homes(['home-1'])).get('home-1')?.context.devices.at(-1);
    expect(device).toMatchObject({ id: deviceId, armedAt });
    clock.pass(minute);
    const alertId = await alarm(deviceId);
    expect(await desk.one(tore, id)).toMatchObject({ step: 'alarm', alarm: { alertId } });
    await expect(desk.sign(tore, id, {})).rejects.toThrow(/accepted on a screen/);
    await command(alertId, { type: 'accept', at: clock.now(), by: 'cilla', etaMinutes: null });
    const ready = await desk.one(tore, id);
    expect(ready).toMatchObject({ step: 'signature', alarm: { acceptedBy: 'cillas namn' } });

    const signed = await desk.sign(tore, id, { note: 'Karmen är trång.' });
    const by = { id: 'tore', name: 'tores namn' };
    expect(signed).toMatchObject({
      state: 'signed',
      step: 'done',
      trialUntil: null,
      tests: ready.tests,
      alarm: ready.alarm,
      device: ready.device,
      signed: { at: clock.now(), by, note: 'Karmen är trång.' },
    });
    expect(await desk.one(tore, id)).toEqual(signed);
  });

  test('keeps its protocol as it was, whatever becomes of the device', async () => {
    const { desk, clock, tells, tried } = await openInstallationWorld();
    const { id, deviceId } = await tried();
    const signed = await desk.sign(tore, id, {});
    clock.pass(hour);
    await tells(deviceId, 'door.opened');
    await desk.decommission(tore, deviceId, 'Trasig.');
    expect(await desk.one(cilla, id)).toEqual(signed);
    for (const change of [
      () => desk.sign(tore, id, {}),
      () => desk.abandon(tore, id),
      () => desk.arm(tore, id),
    ]) {
      await expect(change()).rejects.toMatchObject(conflict);
    }
  });

  test('does not count what the device told before it was placed, or elsewhere', async () => {
    const { desk, tells, begin } = await openInstallationWorld();
    const id = await begin();
    const { secret } = await desk.choose(tore, id, { profile: 'door-contact' });
    const deviceId = secret?.deviceId ?? '';
    await tells(deviceId, 'door.opened');
    const { tests } = await desk.place(tore, id, atDoor);
    expect(tests.map(({ seenAt }) => seenAt)).toEqual([null, null]);
    await tells(deviceId, 'door.closed', 'home-2');
    expect(await desk.one(tore, id)).toMatchObject({ step: 'first-message' });
  });

  test('may leave out a test with a reason, and take that back', async () => {
    const { desk, placed, tells } = await openInstallationWorld();
    const { id, deviceId } = await placed();
    await tells(deviceId, 'door.opened');
    const skipped = await desk.skip(tore, id, 'door.closed', 'Dörren går inte att stänga.');
    expect(skipped.step).toBe('alarm');
    const reason = 'Dörren går inte att stänga.';
    expect(skipped.tests[1]).toMatchObject({ type: 'door.closed', skipped: { reason } });
    expect((await desk.unskip(tore, id, 'door.closed')).step).toBe('tests');
    await expect(desk.skip(tore, id, 'fall.detected', 'Nej tack.')).rejects.toMatchObject(notFound);
  });

  test('shows that a device lives although nobody has consented to what it tells', async () => {
    const { desk, placed, store, storage, clock } = await openInstallationWorld();
    const { id, deviceId } = await placed();
    const drop = () =>
      store.transaction((ledger) =>
        ledger.noteDevices([
          { deviceId, municipalityId: 'norr', lastSeenAt: clock.now(), droppedWithoutConsent: 1 },
        ]),
      );
    await storage.query(`update consent set until_at = 1 where purpose = 'activity'`);
    clock.pass(minute);
    await drop();
    const view = await desk.one(tore, id);
    expect(view).toMatchObject({
      step: 'tests',
      firstMessageAt: clock.now(),
      device: { droppedWithoutConsent: 1 },
    });
    expect(view.tests.every(({ seenAt, isUnconsented }) => isUnconsented && !seenAt)).toBe(true);
  });

  test('is resumed by whoever began it, and colleagues work beside them', async () => {
    const { desk, begin, placed } = await openInstallationWorld();
    const { id } = await placed();
    expect((await desk.begin(tore, { homeId: 'home-1' })).id).toBe(id);
    const others = await begin(cilla);
    expect(others).not.toBe(id);
    expect(await begin(tore, 'home-2')).not.toBe(id);
    const { items } = await desk.list(tore, { homeId: 'home-1' });
    expect(items.map((item) => item.id).toSorted()).toEqual([id, others].toSorted());
  });

  test('may be one of several: a box of devices is put up side by side', async () => {
    const { desk, placed } = await openInstallationWorld();
    const { id } = await placed();
    const beside = await desk.begin(tore, { homeId: 'home-1', another: true });
    expect(beside.id).not.toBe(id);
    // As long as nothing has been chosen in it, it is the same one.
    expect((await desk.begin(tore, { homeId: 'home-1', another: true })).id).toBe(beside.id);
  });
});

describe('a trial', () => {
  test('makes tests of the alerts of its device alone, and goes on from the last thing done', async () => {
    const { desk, placed, clock, holds, holdDesk } = await openInstallationWorld();
    await holdDesk.testMode(cilla, 'home-1', { until: clock.now() + hour, reason: 'Kontroll.' });
    const { id, deviceId } = await placed();
    const matchers = { deviceIds: [deviceId] };
    const inForce = async (byId: string) =>
      (await holds()).filter((hold) => hold.byId === byId && isInForce(hold, clock.now()));
    const ofHome = { kind: 'test', homeId: 'home-1' };
    expect(await inForce('cilla')).toMatchObject([{ ...ofHome, matchers: null }]);
    const until = clock.now() + 4 * hour;
    expect(await inForce('tore')).toMatchObject([{ ...ofHome, matchers, until }]);
    clock.pass(hour);
    await desk.skip(tore, id, 'door.closed', 'Går inte.');
    expect(await inForce('tore')).toMatchObject([{ matchers, until: clock.now() + 4 * hour }]);
    const { trialUntil } = await desk.one(tore, id);
    expect(trialUntil).toBe(clock.now() + 4 * hour);
    clock.pass(5 * hour);
    expect((await desk.one(tore, id)).trialUntil).toBe(trialUntil);
    // Worn by now, it is no test again because somebody opened the page.
    expect((await desk.begin(tore, { homeId: 'home-1' })).trialUntil).toBe(trialUntil);
    expect((await desk.goOn(tore, id)).trialUntil).toBe(clock.now() + 4 * hour);
  });

  test('is not test mode of the home, which is shown, begun and ended apart from it', async () => {
    const { placed, holds, holdDesk, store, clock } = await openInstallationWorld();
    const { deviceId } = await placed();
    const homeHolds = async () => (await store.overview.home(cilla, 'home-1', clock.now()))?.holds;
    expect(await homeHolds()).toEqual([]);
    const ofHome = { homeId: 'home-1', kind: 'test' } as const;
    await expect(holdDesk.end(tore, ofHome)).rejects.toMatchObject(notFound);
    const until = clock.now() + hour;
    await holdDesk.testMode(tore, 'home-1', { until, reason: 'Kontroll.' });
    expect(await homeHolds()).toEqual([{ kind: 'test', until }]);
    await holdDesk.end(tore, ofHome);
    expect(await holds()).toMatchObject([{ matchers: { deviceIds: [deviceId] } }]);
  });

  test('of one device leaves that of another in the same home alone', async () => {
    const { desk, placed, begin, holds, clock } = await openInstallationWorld();
    await placed();
    const second = await begin(cilla);
    await desk.choose(cilla, second, { profile: 'call-button' });
    await desk.place(cilla, second, { placement: 'worn', name: 'Knapp' });
    const inForce = (await holds()).filter((hold) => isInForce(hold, clock.now()));
    expect(inForce.map(({ byId }) => byId).toSorted()).toEqual(['cilla', 'tore']);
    await desk.abandon(cilla, second);
    expect((await holds()).map(({ byId }) => byId)).toEqual(['tore']);
  });

  test('that is signed leaves no test behind that could become real, and disarms', async () => {
    const { desk, tried, alarm, alert, command, clock, holds, holdDesk, store } =
      await openInstallationWorld();
    const { id, deviceId, alertId } = await tried();
    await holdDesk.testMode(cilla, 'home-1', { until: clock.now() + hour, reason: 'Kontroll.' });
    const forgotten = await alarm(deviceId);
    const others = await alarm(deviceId);
    await command(others, { type: 'accept', at: clock.now(), by: 'cilla', etaMinutes: null });
    const elsewhere = await alarm('button-home-1');
    for (const one of [alertId, forgotten]) expect((await alert(one)).isTest).toBe(true);
    await desk.sign(tore, id, {});
    for (const one of [alertId, forgotten, others]) {
      expect(await alert(one)).toMatchObject({ state: 'resolved', outcome: 'test' });
    }
    expect(await alert(elsewhere)).toMatchObject({ state: 'firing', isTest: true });
    expect(await holds()).toMatchObject([{ byId: 'cilla', matchers: null }]);
    const home = (await store.directory.homes(['home-1'])).get('home-1');
    expect(home?.context.devices.at(-1)).not.toHaveProperty('armedAt');
  });

  test('that is abandoned takes the device out of the home, and tests that nobody took become real', async () => {
    const { desk, placed, alarm, alert, holds, store, clock } = await openInstallationWorld();
    const { id, deviceId } = await placed();
    await desk.arm(tore, id);
    const open = await alarm(deviceId);
    clock.pass(minute);
    const left = await desk.abandon(tore, id);
    expect(left).toMatchObject({ state: 'abandoned', step: 'done', trialUntil: null });
    expect(await store.equipment.device(deviceId)).toMatchObject({ place: null });
    expect(await alert(open)).toMatchObject({ isTest: false, state: 'firing' });
    expect(await holds()).toEqual([]);
    const again = await desk.begin(tore, { homeId: 'home-2' });
    const { installation } = await desk.choose(tore, again.id, { scanned: deviceId });
    expect(installation).toMatchObject({ step: 'placement', device: { id: deviceId } });
  });
});

describe('the device of an installation', () => {
  test('is scanned by its id or serial, and refused where it is in a home or out of use', async () => {
    const { desk, begin, storage, clock } = await openInstallationWorld();
    const id = await begin();
    const box = 'vaka:?profile=call-button&serial=A-17';
    const first = await desk.choose(tore, id, { scanned: box });
    const deviceId = first.secret?.deviceId ?? '';
    const again = await desk.choose(tore, id, { scanned: 'A-17' });
    expect(again).toMatchObject({ secret: null, installation: { device: { id: deviceId } } });
    await expect(desk.choose(tore, id, { scanned: 'button-home-2' })).rejects.toMatchObject(
      conflict,
    );
    for (const scanned of ['button-home-4', 'nothing-7', 'två ord']) {
      const choosing = desk.choose(tore, id, { scanned });
      await expect(choosing).rejects.toMatchObject({ code: 'invalid' });
    }
    await desk.decommission(tore, deviceId, 'Tappad.');
    const next = await begin();
    await expect(desk.choose(tore, next, { scanned: deviceId })).rejects.toThrow(/out of use/);
    const anew = await desk.choose(tore, next, { scanned: box });
    expect(anew.secret?.deviceId).not.toBe(deviceId);
    clock.pass(minute);
    const rows = await storage.query(`select count(*) as n from device where serial = 'A-17'`);
    expect(rows).toEqual([{ n: 2 }]);
  });

  test('is one that a hub has found, by a tap or by its code, and is found again when abandoned', async () => {
    const { desk, begin, store, storage } = await openInstallationWorld();
    const hub = await desk.choose(tore, await begin(tore, 'home-2'), { profile: 'hub' });
    const hubId = hub.secret?.deviceId ?? '';
    const address = '0x00158d0001a2b3c4';
    await storage.query(`insert into found(hub_id, address, municipality_id, dialect, label, profile,
      first_seen_at, last_seen_at) values ('${hubId}', '${address}', 'norr', 'zigbee2mqtt', 'hallen',
      null, 1, 2)`);
    const id = await begin();
    const tapped = await desk.choose(tore, id, { hubId, address });
    expect(tapped).toMatchObject({
      secret: null,
      installation: { device: { name: 'hallen', hub: { id: hubId, name: 'Hemnod', address } } },
    });
    const deviceId = tapped.installation.device?.id ?? '';
    const scanned = await desk.choose(tore, id, { scanned: 'Z:00158D0001A2B3C4$I:00' });
    expect(scanned.installation.device?.id).toBe(deviceId);
    await expect(desk.choose(tore, id, { hubId, address: '0x9' })).rejects.toMatchObject(notFound);
    await desk.place(tore, id, atDoor);
    await desk.abandon(tore, id);
    expect((await store.directory.behind([hubId])).get(hubId)).toEqual(new Map());
    const next = await desk.choose(tore, await begin(), { hubId, address });
    expect(next.installation.device?.id).not.toBe(deviceId);
  });

  test('is of a model that exists, and one that was entered in vain is out of use', async () => {
    const { desk, begin, store } = await openInstallationWorld();
    const id = await begin();
    const modelId = 'no-such-model';
    const wrong = desk.choose(tore, id, { profile: 'call-button', modelId });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid' });
    const vain = (await desk.choose(tore, id, { profile: 'call-button' })).secret?.deviceId ?? '';
    const meant = (await desk.choose(tore, id, { profile: 'hub' })).secret?.deviceId ?? '';
    expect(await store.directory.credentials(vain)).toEqual([]);
    expect(await store.directory.credentials(meant)).toHaveLength(1);
    expect(await desk.one(tore, id)).toMatchObject({ device: { id: meant, profile: 'hub' } });
    await desk.place(tore, id, { placement: 'other', name: 'Hemnod' });
    const late = desk.choose(tore, id, { profile: 'call-button' });
    await expect(late).rejects.toMatchObject(conflict);
  });
});

describe('an exchange', () => {
  test('takes the old device out of use only when the new one is signed for', async () => {
    const { desk, tried, store, storage, cut } = await openInstallationWorld();
    const begun = await desk.begin(tore, { homeId: 'home-1', replaces: 'button-home-1' });
    expect(begun.replaces).toEqual({
      deviceId: 'button-home-1',
      name: 'Larmknapp',
      placement: 'worn',
    });
    const { id, deviceId } = await tried(begun.id);
    expect(await store.directory.credentials('button-home-1')).toHaveLength(1);
    expect(cut).toEqual([]);
    await desk.sign(tore, id, {});
    expect(await store.directory.credentials('button-home-1')).toEqual([]);
    expect(cut).toEqual(['button-home-1']);
    const devices = (await store.directory.homes(['home-1'])).get('home-1')?.context.devices;
    expect(devices?.map((device) => device.id)).toEqual([deviceId]);
    expect(await storage.query(`select replaces_id from device where id = '${deviceId}'`)).toEqual([
      { replaces_id: 'button-home-1' },
    ]);
  });

  test('of a device that was never signed for ends its installation and its trial with it', async () => {
    const { desk, placed, tried, holds } = await openInstallationWorld();
    const broken = await placed();
    const begun = await desk.begin(cilla, { homeId: 'home-1', replaces: broken.deviceId });
    const { id } = await tried(begun.id);
    await desk.sign(cilla, id, {});
    expect(await desk.one(tore, broken.id)).toMatchObject({ state: 'abandoned', trialUntil: null });
    expect(await holds()).toEqual([]);
    await expect(desk.arm(tore, broken.id)).rejects.toMatchObject(conflict);
  });

  test('that is abandoned has changed nothing for the old device', async () => {
    const { desk, placed, store } = await openInstallationWorld();
    const begun = await desk.begin(tore, { homeId: 'home-1', replaces: 'button-home-1' });
    const { id } = await placed('call-button', begun.id);
    await desk.abandon(tore, id);
    const devices = (await store.directory.homes(['home-1'])).get('home-1')?.context.devices;
    expect(devices?.map((device) => device.id)).toEqual(['button-home-1']);
    expect(await store.directory.credentials('button-home-1')).toHaveLength(1);
  });

  test('is one person’s at a time, of a device that is in that home', async () => {
    const { desk, placed } = await openInstallationWorld();
    const wish = { homeId: 'home-1', replaces: 'button-home-1' };
    const elsewhere = { homeId: 'home-1', replaces: 'button-home-2' };
    await expect(desk.begin(tore, elsewhere)).rejects.toMatchObject(notFound);
    const first = await desk.begin(tore, { homeId: 'home-1' });
    expect(await desk.begin(tore, wish)).toMatchObject({
      id: first.id,
      replaces: { deviceId: 'button-home-1' },
    });
    await expect(desk.begin(cilla, wish)).rejects.toThrow(/tores namn/);
    await placed('call-button', first.id);
    expect((await desk.begin(tore, { homeId: 'home-1' })).id).toBe(first.id);
    const own = await desk.begin(cilla, { homeId: 'home-2' });
    await placed('call-button', own.id);
    const other = desk.begin(cilla, { homeId: 'home-2', replaces: 'button-home-2' });
    await expect(other).rejects.toMatchObject(conflict);
  });
});

describe('a device that is taken out of use', () => {
  test('signs in no more, its connection is cut, and its open installation is abandoned', async () => {
    const { desk, placed, store, cut, holds, clock } = await openInstallationWorld();
    const { id, deviceId } = await placed();
    clock.pass(minute);
    const done = await desk.decommission(tore, deviceId, 'Trasig.');
    expect(done).toEqual({ deviceId, decommissionedAt: clock.now() });
    expect(await store.directory.credentials(deviceId)).toEqual([]);
    expect(cut).toEqual([deviceId]);
    expect(await holds()).toEqual([]);
    expect(await desk.one(tore, id)).toMatchObject({ state: 'abandoned', trialUntil: null });
    clock.pass(minute);
    expect(await desk.decommission(cilla, deviceId, 'Igen.')).toEqual(done);
    expect(cut).toEqual([deviceId]);
  });
});

describe('the desk for installations', () => {
  test('is for technicians and coordinators, of their own municipality', async () => {
    const { desk, begin } = await openInstallationWorld();
    const id = await begin();
    for (const scope of [astrid, adam]) {
      for (const work of [
        () => desk.begin(scope, { homeId: 'home-1' }),
        () => desk.list(scope, {}),
        () => desk.one(scope, id),
        () => desk.choose(scope, id, { profile: 'hub' }),
        () => desk.sign(scope, id, {}),
        () => desk.abandon(scope, id),
        () => desk.decommission(scope, 'button-home-1', 'Trasig.'),
      ]) {
        await expect(work()).rejects.toMatchObject({ code: 'forbidden' });
      }
    }
    for (const work of [
      () => desk.begin(sven, { homeId: 'home-1' }),
      () => desk.one(sven, id),
      () => desk.choose(sven, id, { profile: 'hub' }),
      () => desk.abandon(sven, id),
      () => desk.decommission(sven, 'button-home-1', 'Trasig.'),
    ]) {
      await expect(work()).rejects.toMatchObject(notFound);
    }
    expect(await desk.list(sven, {})).toEqual({ items: [] });
  });

  test('shows no resident’s name, writes down who saw which home, and logs ids only', async () => {
    const { desk, placed, accessRows, changes } = await openInstallationWorld();
    const { id } = await placed();
    const shown = JSON.stringify(await desk.one(tore, id));
    expect(shown).toContain('Storgatan home-1');
    expect(shown).not.toContain('Elsa');
    expect(new Set(await accessRows())).toEqual(new Set(['tore devices norr']));
    expect(changes.at(-1)).toEqual({ municipalityId: 'norr', installationId: id, byId: 'tore' });
  });
});
