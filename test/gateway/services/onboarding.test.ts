import { createHash, randomBytes } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { createOnboarding } from '../../../gateway/services/onboarding.ts';
import { hour, start } from '../store/furnish.ts';
import { createSqliteStorage } from '../store/sqlite-storage.ts';

async function open() {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  const clock = () => start;
  const onboarding = createOnboarding({ registry: store.registry, clock, random: randomBytes });
  const municipalityId = await onboarding.addMunicipality({
    name: 'Storuman',
    timeZone: 'Europe/Stockholm',
  });
  const unitId = await onboarding.addUnit({ municipalityId, name: 'Natt' });
  const home = {
    municipalityId,
    unitId,
    label: 'Storgatan 1',
    residents: ['Elsa'],
    cohabitants: ['Sven'],
    consents: ['help'],
  };
  return { store, storage, onboarding, municipalityId, unitId, home };
}

describe('consent', () => {
  async function openHome() {
    const world = await open();
    const homeId = await world.onboarding.addHome(world.home);
    const { residents } = await world.onboarding.consent(homeId);
    return { ...world, homeId, residents, sven: residents[1]?.id ?? '' };
  }

  test('is given and withdrawn for everybody who lives there, unless one is named', async () => {
    const { onboarding, homeId, residents, sven } = await openHome();
    expect(residents.map(({ name, cohabitant }) => [name, cohabitant])).toEqual([
      ['Elsa', false],
      ['Sven', true],
    ]);
    expect((await onboarding.consent(homeId)).inForce).toEqual(['help']);
    const statistics = { homeId, purposes: ['activity', 'statistics'] };
    const given = await onboarding.giveConsent({ ...statistics, from: start - hour });
    expect(given.inForce).toEqual(['help', 'activity', 'statistics']);
    expect(given.consents.filter(({ from }) => from === start - hour)).toHaveLength(4);
    const one = { homeId, purposes: ['statistics'], residentId: sven };
    expect((await onboarding.withdrawConsent(one)).inForce).toEqual(['help', 'activity']);
    const { consents } = await onboarding.consent(homeId);
    expect(consents.filter(({ until }) => until !== null)).toEqual([
      { residentId: sven, purpose: 'statistics', from: start - hour, until: start },
    ]);
    expect((await onboarding.withdrawConsent(statistics)).inForce).toEqual(['help']);
  });

  test('of somebody, to something or in a home that is not there is answered with what there is', async () => {
    const { onboarding, homeId, residents } = await openHome();
    const given = { homeId, purposes: ['help'] };
    await expect(onboarding.giveConsent({ ...given, homeId: 'nowhere' })).rejects.toMatchObject({
      code: 'not-found',
      message: `There is no home "nowhere". There are: ${homeId}.`,
    });
    await expect(onboarding.withdrawConsent({ ...given, residentId: 'Sven' })).rejects.toThrow(
      `There is no resident in "${homeId}" "Sven". There are: ${residents.map(({ id }) => id).join(', ')}.`,
    );
    await expect(onboarding.giveConsent({ ...given, purposes: ['help', 'all'] })).rejects.toThrow(
      'There is no purpose of consent "all". There are: help, activity, camera, statistics.',
    );
    await expect(onboarding.giveConsent({ ...given, from: start + 1 })).rejects.toThrow(
      'has not come yet',
    );
  });
});

describe('onboarding', () => {
  test('brings a home and its device into being, with ids and words of its own', async () => {
    const { store, onboarding, municipalityId, unitId, home } = await open();
    const homeId = await onboarding.addHome(home);
    const { deviceId } = await onboarding.addDevice({ homeId, profile: 'door-contact' });
    expect([municipalityId, unitId, homeId, deviceId]).toEqual([
      expect.stringMatching(/^municipality-[0-9a-f]{12}$/),
      expect.stringMatching(/^unit-[0-9a-f]{12}$/),
      expect.stringMatching(/^home-[0-9a-f]{12}$/),
      expect.stringMatching(/^door-contact-[0-9a-f]{12}$/),
    ]);
    const file = (await store.directory.homes([homeId])).get(homeId);
    expect(file).toMatchObject({
      label: 'Storgatan 1',
      residents: [{ name: 'Elsa' }, { name: 'Sven' }],
      consents: [{ purpose: 'help' }, { purpose: 'help' }],
      context: {
        timeZone: 'Europe/Stockholm',
        devices: [{ id: deviceId, name: 'Dörrsensor', placement: 'entrance', placedAt: start }],
      },
    });
  });

  test('counts consent and placement from the time that is given, unless it has not come yet', async () => {
    const { store, onboarding, home } = await open();
    const since = start - 14 * 24 * hour;
    const homeId = await onboarding.addHome({ ...home, since });
    await onboarding.addDevice({ homeId, profile: 'hub', since: start });
    await onboarding.addDevice({ homeId, profile: 'door-contact', since });
    const file = (await store.directory.homes([homeId])).get(homeId);
    expect(file).toMatchObject({
      consents: [{ from: since }, { from: since }],
      context: { devices: [{ placedAt: since }, { placedAt: start }] },
    });
    const refusal = { code: 'invalid', message: expect.stringContaining('has not come yet') };
    const later = { since: start + 1 };
    await expect(onboarding.addHome({ ...home, ...later })).rejects.toMatchObject(refusal);
    const device = { homeId, profile: 'hub', ...later };
    await expect(onboarding.addDevice(device)).rejects.toMatchObject(refusal);
  });

  test('takes what residents need as theirs, and not of those who live there too', async () => {
    const { store, storage, onboarding, home } = await open();
    const flags = ['may-wander', 'fall-risk'];
    const homeId = await onboarding.addHome({ ...home, flags, cohabitants: ['Sven'] });
    const file = (await store.directory.homes([homeId])).get(homeId);
    expect(file?.context.flags).toEqual(['fall-risk', 'may-wander']);
    const rows = await storage.query('select flags from resident order by cohabitant');
    expect(rows.at(-1)).toEqual({ flags: '[]' });
  });

  test('answers a device’s secret once, and keeps only its hash', async () => {
    const { store, storage, onboarding, home } = await open();
    const homeId = await onboarding.addHome(home);
    const one = await onboarding.addDevice({ homeId, profile: 'hub' });
    const two = await onboarding.addDevice({ homeId, profile: 'hub' });
    expect(Buffer.from(one.secret, 'base64url')).toHaveLength(32);
    expect(two.secret).not.toBe(one.secret);
    const hash = createHash('sha256').update(one.secret).digest();
    expect(await store.directory.credentials(one.deviceId)).toMatchObject([{ hash }]);
    expect(JSON.stringify(await storage.query('select * from device'))).not.toContain(one.secret);
  });

  test('refuses what cannot be used, and says what can', async () => {
    const { onboarding, municipalityId, home } = await open();
    const homeId = await onboarding.addHome(home);
    const device = { homeId, profile: 'hub' };
    const refusals: [string, Promise<unknown>, string, string][] = [
      ['an id with a slash', onboarding.addDevice({ ...device, id: 'a/b' }), 'invalid', '"a/b"'],
      ['an empty id', onboarding.addHome({ ...home, id: '' }), 'invalid', '1 to 64 letters'],
      [
        'an id that is too long',
        onboarding.addUnit({ id: 'a'.repeat(65), municipalityId, name: '' }),
        'invalid',
        '1 to 64 letters',
      ],
      [
        'a municipality’s id with a blank',
        onboarding.addMunicipality({ id: 'a b', name: '', timeZone: 'Europe/Stockholm' }),
        'invalid',
        '"a b"',
      ],
      [
        'a time zone that is none',
        onboarding.addMunicipality({ name: '', timeZone: 'Europe/Storuman' }),
        'invalid',
        'Europe/Stockholm',
      ],
      [
        'a profile that is none',
        onboarding.addDevice({ ...device, profile: 'toaster' }),
        'invalid',
        'call-button, fall-detector',
      ],
      [
        'a placement that is none',
        onboarding.addDevice({ ...device, placement: 'roof' }),
        'invalid',
        'entrance, balcony',
      ],
      [
        'a purpose that is none',
        onboarding.addHome({ ...home, consents: ['fun'] }),
        'invalid',
        'help, activity, camera',
      ],
      [
        'a flag that is none',
        onboarding.addHome({ ...home, flags: ['fun'] }),
        'invalid',
        'fall-risk, night-support',
      ],
      [
        'a home that is none',
        onboarding.addDevice({ ...device, homeId: 'nowhere' }),
        'not-found',
        '"nowhere"',
      ],
      [
        'a municipality that is none',
        onboarding.addHome({ ...home, municipalityId: 'nowhere' }),
        'not-found',
        '"nowhere"',
      ],
      ['a home that exists', onboarding.addHome({ ...home, id: homeId }), 'conflict', homeId],
    ];
    for (const [what, asked, code, says] of refusals) {
      const error: unknown = await asked.catch((reason: unknown) => reason);
      expect({ what, error }).toMatchObject({
        what,
        error: { name: 'AppError', code, message: expect.stringContaining(says) },
      });
    }
  });
});
