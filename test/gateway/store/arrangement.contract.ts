import { describe, expect, test } from 'vitest';

import type { Duty, Hold, UnitFile } from '../../../gateway/domain/duty/arrangement.ts';
import type { DocumentVersion, Endpoint } from '../../../gateway/domain/duty/staffing.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import type { Plan } from '../../../gateway/protocol/duty/plan.ts';
import type { PolicyInput } from '../../../gateway/protocol/duty/policy.ts';
import { addHome, addMunicipality, addUser, entry, furnish, hour, start } from './furnish.ts';
import type { CreateStorage } from './storage.ts';

export const team: UnitFile = {
  id: 'patrol',
  municipalityId: 'norr',
  name: 'Nattpatrullen',
  kind: 'team',
  duty: 'check-in',
  endpointId: null,
  serves: ['sor'],
};

export const endpoint: Endpoint = {
  id: 'centre',
  municipalityId: 'norr',
  name: 'Larmcentralen',
  url: 'https://larm.example/hook',
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  disabledAt: null,
  disabledWhy: null,
};

export function duty(some: Partial<Duty> = {}): Duty {
  return {
    id: 'duty-1',
    municipalityId: 'norr',
    personId: 'astrid',
    unitId: 'norr-1',
    from: start,
    until: start + 8 * hour,
    byId: 'astrid',
    ...some,
  };
}

export function hold(some: Partial<Hold> = {}): Hold {
  return {
    id: 'hold-1',
    kind: 'pause',
    municipalityId: 'norr',
    homeId: 'home-1',
    matchers: null,
    from: start,
    until: start + hour,
    reason: 'På sjukhus.',
    byId: 'astrid',
    ...some,
  };
}

export function planOf(document: Plan, version = 1): DocumentVersion<'plan'> {
  const about = { municipalityId: 'norr', kind: 'plan', subjectId: '' } as const;
  return { ...about, version, document, authorId: 'astrid', at: start, reason: 'Höst.' };
}

const policy: PolicyInput = {
  id: 'akut',
  title: 'Akut',
  severities: ['emergency'],
  steps: [{ asks: [{ who: 'everyone' }], channels: ['screen', 'push'], waitSeconds: 30 }],
  arrivalMinutes: 15,
  reminderMinutes: 30,
};

export const nights: Plan = {
  lines: [{ unitId: 'patrol', hours: { from: '21:00', to: '07:00' } }],
  exceptions: [],
};

export function describeArrangements(createStorage: CreateStorage): void {
  async function open() {
    const storage = await createStorage();
    const store = await storage.open();
    await furnish(store, { norr: { 'norr-1': ['home-1'] }, sor: { 'sor-1': [] } });
    await addUser(store, { id: 'astrid', municipalityId: 'norr' });
    return { storage, store };
  }

  const within = (store: Store) => store.transaction((ledger) => ledger.arrangements());

  describe('the arrangements', () => {
    test('are all of what was arranged, in every municipality', async () => {
      const { store } = await open();
      const { staffing } = store;
      await addUser(store, { id: 'bo', municipalityId: 'norr', units: ['norr-1'] });
      await addUser(store, {
        id: 'cia',
        municipalityId: 'sor',
        role: 'technician',
        units: ['sor-1'],
      });
      await staffing.saveEndpoint(endpoint, start);
      await staffing.addUnit(team, start);
      const centre = {
        ...team,
        id: 'centre-unit',
        kind: 'alarm-centre',
        endpointId: 'centre',
      } as const;
      await staffing.addUnit({ ...centre, serves: [] }, start);
      await staffing.addDocument(planOf(nights));
      await staffing.addDocument({
        ...planOf(nights),
        kind: 'policies',
        document: { policies: [policy] },
      });
      await staffing.addDuty(duty());
      await staffing.addHold(hold());
      const silence = hold({
        id: 'hold-2',
        kind: 'silence',
        homeId: null,
        matchers: { ruleIds: ['quiet'] },
      });
      await staffing.addHold(silence);
      await staffing.saveSubscription({
        endpoint: 'https://push.example/a',
        keys: { p256dh: 'p', auth: 'a' },
        municipalityId: 'norr',
        personId: 'bo',
        at: start,
      });
      const known = await within(store);
      expect(Object.fromEntries(known.municipalities)).toEqual({
        norr: {
          id: 'norr',
          name: 'norrs kommun',
          timeZone: 'Europe/Stockholm',
          plan: nights,
          policies: [policy],
        },
        sor: {
          id: 'sor',
          name: 'sors kommun',
          timeZone: 'Europe/Stockholm',
          plan: { lines: [], exceptions: [] },
          policies: [],
        },
      });
      const plain = { kind: 'team', duty: 'always', endpointId: null, serves: [] };
      expect(Object.fromEntries(known.units)).toEqual({
        'norr-1': { id: 'norr-1', municipalityId: 'norr', name: 'Lag norr-1', ...plain },
        'sor-1': { id: 'sor-1', municipalityId: 'sor', name: 'Lag sor-1', ...plain },
        patrol: team,
        'centre-unit': { ...centre, serves: [] },
      });
      const carer = { municipalityId: 'norr', role: 'carer', pushes: 0 };
      expect(Object.fromEntries(known.people)).toEqual({
        astrid: { id: 'astrid', ...carer, units: 'all' },
        bo: { id: 'bo', ...carer, units: ['norr-1'], pushes: 1 },
        cia: { id: 'cia', municipalityId: 'sor', role: 'technician', units: 'all', pushes: 0 },
      });
      expect(known.duties).toEqual([duty()]);
      expect(known.holds).toEqual([hold(), silence]);
      expect(Object.fromEntries(known.endpoints)).toEqual({
        centre: { id: 'centre', municipalityId: 'norr', name: 'Larmcentralen' },
      });
      expect(await staffing.arrangements()).toEqual(known);
    });

    const changes: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
      'a municipality': (store) => addMunicipality(store, 'ost'),
      'a unit': ({ staffing }) => staffing.addUnit({ ...team, id: 'evening' }, start),
      'what a unit is': ({ staffing }) => staffing.changeUnit({ ...team, name: 'Natt' }),
      'a user': (store) => addUser(store, { id: 'dag', municipalityId: 'norr' }),
      'a plan': ({ staffing }) => staffing.addDocument(planOf(nights)),
      'a check-in': ({ staffing }) => staffing.addDuty(duty({ id: 'duty-2' })),
      'a check-out': ({ staffing }) => staffing.endDuty('duty-1', start + 1),
      'a hold': ({ staffing }) => staffing.addHold(hold({ id: 'hold-2' })),
      'the end of a hold': ({ staffing }) => staffing.endHold('hold-1', start + 1, 'astrid'),
      'an endpoint': ({ staffing }) => staffing.saveEndpoint({ ...endpoint, id: 'e' }, start),
      'an endpoint that is gone': ({ staffing }) =>
        staffing.disableEndpoint('centre', start, '410'),
      'a browser to push to': ({ staffing }) =>
        staffing.saveSubscription({
          endpoint: 'https://push.example/a',
          keys: { p256dh: 'p', auth: 'a' },
          municipalityId: 'norr',
          personId: 'astrid',
          at: start,
        }),
    };
    for (const [what, change] of Object.entries(changes)) {
      test(`are another object after ${what}, whoever wrote it, and only then`, async () => {
        const { storage, store } = await open();
        const other = await storage.open();
        await store.staffing.saveEndpoint(endpoint, start);
        await store.staffing.addUnit(team, start);
        await store.staffing.addDuty(duty());
        await store.staffing.addHold(hold());
        const look = async (of: Store) => [await within(of), await of.staffing.arrangements()];
        const before = [...(await look(store)), ...(await look(other))];
        const again = [...(await look(store)), ...(await look(other))];
        for (const [index, known] of before.entries()) expect(again[index]).toBe(known);
        await change(store);
        const after = [...(await look(store)), ...(await look(other))];
        for (const [index, known] of before.entries()) {
          expect(after[index]).not.toEqual(known);
          expect(after[index]).toEqual(after[0]);
        }
      });
    }

    test('are the same object while other things happen, also in another process', async () => {
      const { storage, store } = await open();
      const other = await storage.open();
      const subscription = {
        endpoint: 'https://push.example/a',
        keys: { p256dh: 'p', auth: 'a' },
        municipalityId: 'norr',
        personId: 'astrid',
        at: start,
      };
      await store.staffing.saveSubscription(subscription);
      const before = [await within(store), await store.staffing.arrangements()];
      await other.transaction((ledger) => ledger.append([entry({ id: 'a' })]));
      await addHome(other, { id: 'home-9', municipalityId: 'norr', unitId: 'norr-1' });
      await other.staffing.saveSubscription({ ...subscription, at: start + hour });
      await other.pulse.beat(start);
      expect(await within(store)).toBe(before[0]);
      expect(await store.staffing.arrangements()).toBe(before[1]);
    });

    test('change within a transaction at once, for others once it is kept', async () => {
      const { storage, store } = await open();
      const { staffing, directory } = store;
      const other = await storage.open();
      await staffing.addUnit(team, start);
      await staffing.addDuty(duty());
      await staffing.addHold(hold());
      const nameOf = async () => (await directory.names(['patrol'])).units.get('patrol');
      expect(await nameOf()).toBe('Nattpatrullen');
      const before = await staffing.arrangements();
      const seen = await store.transaction(async ({ arrange, arrangements }) => {
        await arrange.addDocument(planOf(nights));
        await arrange.changeUnit({ ...team, name: 'Natt' });
        await arrange.endDuty('duty-1', start + 1);
        await arrange.addDuty(duty({ id: 'duty-2', from: start + 1 }));
        await arrange.endHold('hold-1', start + 1, 'astrid');
        await arrange.addHold(hold({ id: 'hold-2', from: start + 1 }));
        expect(await staffing.arrangements()).toBe(before);
        return arrangements();
      });
      expect(seen.municipalities.get('norr')?.plan).toEqual(nights);
      expect(seen.units.get('patrol')?.name).toBe('Natt');
      expect(seen.duties.map(({ id }) => id)).toEqual(['duty-2']);
      expect(seen.holds.map(({ id }) => id)).toEqual(['hold-2']);
      expect(await within(store)).toBe(seen);
      expect(await staffing.arrangements()).toEqual(seen);
      expect(await within(other)).toEqual(seen);
      expect(await nameOf()).toBe('Natt');
    });

    test('never keep what a transaction saw and then took back', async () => {
      const { store } = await open();
      const { staffing } = store;
      const failing = store.transaction(async ({ arrange, arrangements }) => {
        await arrange.addDocument(planOf(nights));
        await arrange.addDuty(duty());
        expect((await arrangements()).municipalities.get('norr')?.plan).toEqual(nights);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect((await within(store)).duties).toEqual([]);
      const plan = { lines: [{ unitId: 'norr-1' }], exceptions: [] };
      await staffing.addDocument(planOf(plan));
      await staffing.addDuty(duty({ id: 'duty-2' }));
      const known = await within(store);
      expect(known.municipalities.get('norr')?.plan).toEqual(plan);
      expect(known.duties.map(({ id }) => id)).toEqual(['duty-2']);
    });

    test('never keep what a transaction saw of as many changes as were made since', async () => {
      const { store } = await open();
      const failing = store.transaction(async ({ arrange, arrangements }) => {
        await arrange.addDuty(duty());
        await arrangements();
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      await store.staffing.addDuty(duty({ id: 'duty-2' }));
      expect((await within(store)).duties.map(({ id }) => id)).toEqual(['duty-2']);
    });

    test('list what is to come and what ended lately, not what ended by itself long before the last sweep', async () => {
      const { store } = await open();
      const { staffing, pulse } = store;
      await addUser(store, { id: 'bo', municipalityId: 'norr' });
      const day = 24 * hour;
      await staffing.addDuty(duty({ id: 'old', until: start + hour }));
      await staffing.addDuty(duty({ id: 'late', personId: 'bo', until: start + day }));
      await staffing.addHold(hold({ id: 'old', until: start + hour }));
      await staffing.addHold(
        hold({ id: 'later', kind: 'test', from: start + 2 * day, until: start + 3 * day }),
      );
      expect((await staffing.arrangements()).duties.map(({ id }) => id)).toEqual(['late', 'old']);
      await pulse.beat(start + day + 2 * hour);
      await staffing.addDuty(duty({ id: 'new', from: start + day, until: start + 2 * day }));
      const known = await staffing.arrangements();
      expect(known.duties.map(({ id }) => id)).toEqual(['late', 'new']);
      expect(known.holds.map(({ id }) => id)).toEqual(['later']);
    });

    test('hold to the last documents that can be read', async () => {
      const { storage, store } = await open();
      const { staffing } = store;
      await staffing.addDocument(planOf(nights));
      await storage.query(
        `insert into arrangement values
           ('norr', 'plan', '', 2, '{"lines":[],"exceptions":[],"moons":1}', 'astrid', 6, 'Ny.'),
           ('norr', 'plan', '', 3, 'not json', 'astrid', 7, 'Trasig.')`,
      );
      await storage.query(
        `insert into hold values ('s', 'norr', 'silence', null, '{"moons":[1]}', 1, 9e12, 'Tyst.', 'astrid', null, null)`,
      );
      const known = await within(store);
      expect(known.municipalities.get('norr')?.plan).toEqual(nights);
      expect(known.holds).toEqual([]);
      expect(await staffing.document('norr', 'plan', '')).toEqual(planOf(nights, 3));
      await staffing.addDocument(planOf({ lines: [], exceptions: [] }, 4));
      expect((await within(store)).municipalities.get('norr')?.plan.lines).toEqual([]);
    });
  });
}
