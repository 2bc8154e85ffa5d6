import { describe, expect, test } from 'vitest';

import type { Hold, UnitFile } from '../../../gateway/domain/duty/arrangement.ts';
import { AppError } from '../../../gateway/domain/errors.ts';
import { duty, endpoint, hold, nights, planOf, team } from './arrangement.contract.ts';
import { addUser, furnish, hour, start } from './furnish.ts';
import type { CreateStorage } from './storage.ts';

const conflict = expect.objectContaining({ name: 'AppError', code: 'conflict' });
const notFound = expect.objectContaining({ name: 'AppError', code: 'not-found' });

export function describeStaffing(createStorage: CreateStorage): void {
  async function open() {
    const storage = await createStorage();
    const store = await storage.open();
    await furnish(store, { norr: { 'norr-1': ['home-1', 'home-2'] }, sor: { 'sor-1': [] } });
    await addUser(store, { id: 'astrid', municipalityId: 'norr', name: 'Astrid Ek' });
    await addUser(store, { id: 'bo', municipalityId: 'norr', name: 'Bo Al', role: 'coordinator' });
    const known = () => store.transaction((ledger) => ledger.arrangements());
    return { storage, store, staffing: store.staffing, known };
  }

  describe('units', () => {
    test('are changed by their own municipality alone, and their names are known at once', async () => {
      const { store, staffing, known } = await open();
      const named = async () => (await store.directory.names(['patrol'])).units.get('patrol');
      expect(await named()).toBeUndefined();
      await staffing.addUnit(team, start);
      expect(await named()).toBe('Nattpatrullen');
      const theirs = { ...team, municipalityId: 'sor', name: 'Vår nu' };
      await expect(staffing.changeUnit(theirs)).rejects.toEqual(notFound);
      await expect(staffing.changeUnit({ ...team, id: 'nowhere' })).rejects.toEqual(notFound);
      expect((await known()).units.get('patrol')).toEqual(team);
      const changed: UnitFile = { ...team, name: 'Natt', duty: 'always', serves: [] };
      await staffing.changeUnit(changed);
      expect((await known()).units.get('patrol')).toEqual(changed);
      expect(await named()).toBe('Natt');
    });

    test('are refused when they exist, or name what is not theirs', async () => {
      const { staffing } = await open();
      await staffing.saveEndpoint({ ...endpoint, municipalityId: 'sor' }, start);
      const centre = { ...team, kind: 'alarm-centre', endpointId: 'centre' } as const;
      await expect(staffing.addUnit({ ...team, id: 'sor-1' }, start)).rejects.toEqual(conflict);
      await expect(staffing.addUnit(centre, start)).rejects.toEqual(notFound);
      const served = { ...team, serves: ['nowhere'] };
      await expect(staffing.addUnit(served, start)).rejects.toEqual(notFound);
      expect((await staffing.arrangements()).units.has('patrol')).toBe(false);
    });

    test('may be entered as ones whose carers check in', async () => {
      const { store, known } = await open();
      const night = { id: 'natt', municipalityId: 'norr', name: 'Natt', at: start };
      await store.registry.addUnit({ ...night, duty: 'check-in' });
      expect((await known()).units.get('natt')).toMatchObject({ kind: 'team', duty: 'check-in' });
    });

    test('keep their names apart from those of municipalities and endpoints with the same id', async () => {
      const { store, staffing } = await open();
      await staffing.addUnit({ ...team, id: 'norr' }, start);
      await staffing.saveEndpoint({ ...endpoint, id: 'norr' }, start);
      expect(await store.directory.names(['norr', 'x'])).toEqual({
        units: new Map([['norr', 'Nattpatrullen']]),
        municipalities: new Map([['norr', 'norrs kommun']]),
        endpoints: new Map([['norr', 'Larmcentralen']]),
      });
    });
  });

  describe('documents', () => {
    test('follow one another, and whoever wrote from an older one is told', async () => {
      const { storage, staffing } = await open();
      const other = await storage.open();
      expect(await staffing.document('norr', 'plan', '')).toBeNull();
      await expect(staffing.addDocument(planOf(nights, 2))).rejects.toEqual(conflict);
      await staffing.addDocument(planOf(nights));
      await other.staffing.addDocument(planOf({ lines: [], exceptions: [] }, 2));
      const stale = planOf(nights, 2);
      await expect(staffing.addDocument(stale)).rejects.toBeInstanceOf(AppError);
      await expect(staffing.addDocument(stale)).rejects.toEqual(conflict);
      expect(await staffing.document('norr', 'plan', '')).toEqual(
        planOf({ lines: [], exceptions: [] }, 2),
      );
      expect(await staffing.document('sor', 'plan', '')).toBeNull();
    });

    test('are written once, also when two write at once', async () => {
      const { staffing } = await open();
      const both = [staffing.addDocument(planOf(nights)), staffing.addDocument(planOf(nights))];
      const written = await Promise.allSettled(both);
      expect(written.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    });

    test('hold the roster of each unit, and of no unit of another municipality', async () => {
      const { staffing } = await open();
      const shift = { id: 's', personId: 'astrid', fromAt: start, toAt: start + hour };
      const document = { weekly: [], single: [shift], changes: [] };
      const roster = { ...planOf(nights), kind: 'roster', document } as const;
      await staffing.addDocument({ ...roster, subjectId: 'norr-1' });
      const theirs = { ...roster, subjectId: 'sor-1' };
      await expect(staffing.addDocument(theirs)).rejects.toEqual(notFound);
      expect(await staffing.rosters(['norr-1', 'sor-1', 'x'])).toEqual(
        new Map([['norr-1', document]]),
      );
      expect(await staffing.rosters([])).toEqual(new Map());
    });

    test('are about homes and people of the municipality', async () => {
      const { staffing } = await open();
      expect(await staffing.homes('norr')).toEqual([
        { id: 'home-1', label: 'Storgatan home-1', unitId: 'norr-1' },
        { id: 'home-2', label: 'Storgatan home-2', unitId: 'norr-1' },
      ]);
      expect(await staffing.people('norr')).toEqual([
        { id: 'astrid', name: 'Astrid Ek', email: 'astrid@vaka.example', role: 'carer' },
        { id: 'bo', name: 'Bo Al', email: 'bo@vaka.example', role: 'coordinator' },
      ]);
      expect(await staffing.homes('sor')).toEqual([]);
    });
  });

  describe('duty', () => {
    test('is one at a time for each person and unit', async () => {
      const { storage, staffing, known } = await open();
      await staffing.addUnit(team, start);
      await staffing.addDuty(duty());
      await staffing.addDuty(duty({ id: 'elsewhere', unitId: 'patrol' }));
      await staffing.addDuty(duty({ id: 'on-call', unitId: null }));
      await staffing.addDuty(duty({ id: 'bo', personId: 'bo' }));
      const longer = duty({ id: 'longer', from: start + hour, until: start + 9 * hour });
      await staffing.addDuty(longer);
      await staffing.addDuty(duty({ id: 'on-call-2', unitId: null, from: start + hour }));
      const ids = (await known()).duties.map(({ id }) => id);
      expect(ids).toEqual(['bo', 'elsewhere', 'longer', 'on-call-2']);
      const ended = await storage.query('select id, ended_at from duty where ended_at is not null');
      expect(ended).toEqual([
        { id: 'duty-1', ended_at: start + hour },
        { id: 'on-call', ended_at: start + hour },
      ]);
    });

    test('ends when somebody ends it, once', async () => {
      const { storage, staffing, known } = await open();
      await staffing.addDuty(duty());
      await staffing.endDuty('duty-1', start + hour);
      await staffing.endDuty('duty-1', start + 2 * hour);
      expect((await known()).duties).toEqual([]);
      await staffing.addDuty(duty({ id: 'forgotten', until: start + hour }));
      await staffing.endDuty('forgotten', start + 2 * hour);
      await staffing.addDuty(duty({ id: 'next', from: start + 3 * hour }));
      expect(await storage.query('select id, ended_at from duty order by from_at, id')).toEqual([
        { id: 'duty-1', ended_at: start + hour },
        { id: 'forgotten', ended_at: null },
        { id: 'next', ended_at: null },
      ]);
    });
  });

  describe('holds', () => {
    test('of a home take the place of the one before of the same kind', async () => {
      const { storage, staffing, known } = await open();
      await staffing.addHold(hold());
      await staffing.addHold(hold({ id: 'test', kind: 'test' }));
      await staffing.addHold(hold({ id: 'other', homeId: 'home-2' }));
      await staffing.addHold(hold({ id: 'second', from: start + 1, byId: 'bo' }));
      const silence: Partial<Hold> = {
        kind: 'silence',
        homeId: null,
        matchers: { severities: ['low'] },
      };
      await staffing.addHold(hold({ ...silence, id: 'silence-1', from: start + 2 }));
      await staffing.addHold(hold({ ...silence, id: 'silence-2', from: start + 3 }));
      const ids = (await known()).holds.map(({ id }) => id);
      expect(ids).toEqual(['other', 'test', 'second', 'silence-1', 'silence-2']);
      expect(
        await storage.query('select id, ended_at, ended_by from hold where ended_at is not null'),
      ).toEqual([{ id: 'hold-1', ended_at: start + 1, ended_by: 'bo' }]);
    });

    test('end when somebody ends them, once', async () => {
      const { storage, staffing, known } = await open();
      await staffing.addHold(hold());
      await staffing.endHold('hold-1', start + 1, 'bo');
      await staffing.endHold('hold-1', start + 2, 'astrid');
      expect((await known()).holds).toEqual([]);
      expect(await storage.query('select ended_at, ended_by from hold')).toEqual([
        { ended_at: start + 1, ended_by: 'bo' },
      ]);
    });
  });

  describe('endpoints and browsers', () => {
    test('are kept and changed, and nothing goes to one that is disabled until it is saved again', async () => {
      const { staffing, known } = await open();
      await staffing.saveEndpoint(endpoint, start);
      await staffing.disableEndpoint('centre', start + 1, '410 Gone');
      await staffing.disableEndpoint('centre', start + 2, '404');
      const disabled = { ...endpoint, disabledAt: start + 1, disabledWhy: '410 Gone' };
      expect(await staffing.endpoint('centre')).toEqual(disabled);
      expect((await known()).endpoints.size).toBe(0);
      const moved = { ...endpoint, url: 'https://ny.example/hook', secret: 'whsec_ny' };
      await staffing.saveEndpoint(moved, start + 3);
      expect(await staffing.endpoints('norr')).toEqual([moved]);
      expect((await known()).endpoints.has('centre')).toBe(true);
      const theirs = staffing.saveEndpoint({ ...endpoint, municipalityId: 'sor' }, start);
      await expect(theirs).rejects.toEqual(conflict);
      expect(await staffing.endpoint('centre')).toEqual(moved);
      expect(await staffing.endpoints('sor')).toEqual([]);
      expect(await staffing.endpoint('nowhere')).toBeNull();
    });

    test('are removed for good, but not while an alarm centre is reached there', async () => {
      const { store, staffing, known } = await open();
      await staffing.saveEndpoint(endpoint, start);
      const centre = { ...team, kind: 'alarm-centre', endpointId: 'centre' } as const;
      await staffing.addUnit(centre, start);
      await expect(staffing.removeEndpoint('centre')).rejects.toEqual(conflict);
      await staffing.changeUnit(team);
      await store.transaction((ledger) => ledger.arrange.removeEndpoint('centre'));
      expect(await staffing.endpoint('centre')).toBeNull();
      expect((await known()).endpoints.size).toBe(0);
      expect((await store.directory.names(['centre'])).endpoints.size).toBe(0);
      await staffing.removeEndpoint('centre');
    });

    test('a browser is the latest person’s who signed in there', async () => {
      const { staffing, known } = await open();
      const phone = {
        endpoint: 'https://push.example/phone',
        keys: { p256dh: 'p', auth: 'a' },
        municipalityId: 'norr',
        personId: 'astrid',
        at: start,
      };
      const pushes = async () => [...(await known()).people.values()].map((one) => one.pushes);
      await staffing.saveSubscription(phone);
      expect(await pushes()).toEqual([1, 0]);
      const later = { ...phone, personId: 'bo', at: start + 1, keys: { p256dh: 'q', auth: 'b' } };
      await staffing.saveSubscription(later);
      expect(await pushes()).toEqual([0, 1]);
      expect(await staffing.subscriptions('astrid')).toEqual([]);
      expect(await staffing.subscriptions('bo')).toEqual([later]);
      await staffing.endSubscription(phone.endpoint);
      expect(await pushes()).toEqual([0, 0]);
      expect(await staffing.subscriptions('bo')).toEqual([]);
    });

    test('the key that push services know us by is the first that was kept, whoever asks', async () => {
      const { storage, staffing } = await open();
      const other = await storage.open();
      const pair = (name: string) => () => ({ publicKey: name, privateKey: `${name}, secret` });
      const told = await Promise.all([
        staffing.vapidKeys(pair('a')),
        staffing.vapidKeys(pair('b')),
        other.staffing.vapidKeys(pair('c')),
      ]);
      expect(new Set(told.map(({ publicKey }) => publicKey)).size).toBe(1);
      expect(await other.staffing.vapidKeys(pair('d'))).toEqual(told[0]);
    });
  });

  test('the pulse is the last one, for whoever starts next', async () => {
    const { storage, store } = await open();
    expect(await store.pulse.last()).toBeNull();
    await store.pulse.beat(start);
    await store.pulse.beat(start + 5);
    expect(await (await storage.open()).pulse.last()).toBe(start + 5);
  });
}
