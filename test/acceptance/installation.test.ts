import mqtt from 'mqtt';
import { describe, expect, test } from 'vitest';

import {
  InstallationView,
  InstallationWithSecret,
} from '../../gateway/protocol/device/installation.ts';
import { furnishing } from './furnish.ts';
import { openStory, type Story } from './story.ts';

const town = furnishing({
  id: 'norr',
  units: [{ id: 'patrull', name: 'Nattpatrullen', duty: 'always', homes: ['skogen', 'backen'] }],
  people: ['Amina carer patrull', 'Karin coordinator', 'Teo technician'],
});
const begins = '2026-11-21T10:00';
const worn = { placement: 'worn', name: 'Larmknapp' };
const noon = { begins, furnish: town };

/** What somebody does with installations through the API. */
function handsOf(story: Story, person: string) {
  const does = async (method: string, path: string, body?: object) =>
    InstallationView.parse(await story.does(person, method, `/installations${path}`, body));
  return {
    begin: (homeId: string, replaces?: string) =>
      does('POST', '', { homeId, ...(replaces === undefined ? {} : { replaces }) }),
    choose: async (id: string, device: object) => {
      const path = `/installations/${id}/device`;
      const answer = InstallationWithSecret.parse(await story.does(person, 'PUT', path, device));
      const { secret } = answer;
      if (secret !== null) story.secrets.set(secret.deviceId, secret.secret);
      return answer;
    },
    place: (id: string, where: object) => does('PUT', `/${id}/placement`, where),
    skip: (id: string, type: string, reason: string) =>
      does('PUT', `/${id}/tests/${type}/skip`, { reason }),
    arm: (id: string) => does('POST', `/${id}/test-alarm`),
    goOn: (id: string) => does('PUT', `/${id}/trial`),
    sign: (id: string, note?: string) =>
      does('PUT', `/${id}/signature`, note === undefined ? {} : { note }),
    look: (id: string) => does('GET', `/${id}`),
    abandon: (id: string) => does('DELETE', `/${id}`),
  };
}

/** From the box to the test alarm that the coordinator takes on a screen. */
async function installButton(story: Story, homeId: string, replaces?: string) {
  const teo = handsOf(story, 'teo');
  const { id } = await teo.begin(homeId, replaces);
  const { secret } = await teo.choose(id, { profile: 'call-button' });
  const deviceId = secret?.deviceId ?? '';
  await teo.place(id, worn);
  await story.tells(deviceId, 'help.pressed');
  await story.tells(deviceId, 'test.pressed');
  await story.pass(30);
  await teo.arm(id);
  await story.tells(deviceId, 'help.pressed');
  const { alarm } = await teo.look(id);
  await story.does('karin', 'PUT', `/alerts/${alarm.alertId}/acceptance`, {});
  return { id, deviceId, alertId: alarm.alertId ?? '' };
}

async function refusedBy(story: Story, deviceId: string, secret: string): Promise<boolean> {
  try {
    const client = await mqtt.connectAsync(story.mqttUrl(), {
      clientId: deviceId,
      username: deviceId,
      password: secret,
      reconnectPeriod: 0,
    });
    await client.endAsync(true);
    return false;
  } catch {
    return true;
  }
}

describe('a new call button', () => {
  test('goes live only after a test alarm that somebody took, and asks nobody on duty till then', async () => {
    const story = await openStory(noon);
    const screen = await story.openScreen('amina');
    const teo = handsOf(story, 'teo');
    const { id, deviceId, alertId } = await installButton(story, 'skogen');
    const ready = await teo.look(id);
    expect(ready).toMatchObject({ step: 'signature', alarm: { acceptedBy: 'Karin' } });
    expect(ready.tests.map(({ type, seenAt }) => [type, seenAt !== null])).toEqual([
      ['help.pressed', true],
      ['test.pressed', true],
    ]);
    expect(screen.everShown()).toEqual([]);
    expect(await story.sees('teo', 'test')).toEqual(['help-pressed accepted']);

    const signed = await teo.sign(id, 'Provad med brukaren.');
    expect(signed.signed).toMatchObject({
      by: { name: 'Teo' },
      note: 'Provad med brukaren.',
      at: story.now(),
    });
    expect(await story.sees('teo', 'test')).toEqual([]);
    expect((await story.timeline('karin', alertId)).slice(-2)).toEqual([
      '0 s taken-over by Teo to Karin',
      '0 s resolved by Teo test',
    ]);
    await story.pass(60);
    await story.tells(deviceId, 'help.pressed');
    expect(screen.board()).toEqual(['help-pressed firing']);
    expect(await teo.look(id)).toEqual(signed);
  });

  test('on trial leaves the rest of the home real, and is real itself when the trial runs out', async () => {
    const story = await openStory(noon);
    const screen = await story.openScreen('amina');
    const teo = handsOf(story, 'teo');
    const { id } = await teo.begin('skogen');
    const { secret } = await teo.choose(id, { profile: 'call-button' });
    const deviceId = secret?.deviceId ?? '';
    await teo.place(id, worn);
    await story.tells('skogen-call-button', 'help.pressed');
    expect(screen.board()).toEqual(['help-pressed firing']);
    const { id: real } = await story.alert('amina', 'help-pressed');
    await story.does('amina', 'PUT', `/alerts/${real}/resolution`, { outcome: 'helped' });

    await story.pass(4 * 3_600 - 60);
    await story.tells(deviceId, 'help.pressed');
    expect(screen.board()).toEqual([]);
    await story.pass(65);
    expect(screen.board()).toEqual(['help-pressed firing']);
    expect(await teo.look(id)).toMatchObject({ state: 'open', step: 'tests' });

    await teo.goOn(id);
    expect((await teo.look(id)).trialUntil).toBe(story.now() + 4 * 3_600_000);
  });

  test('is gone on with after a restart, where it was left', async () => {
    const story = await openStory(noon);
    const teo = handsOf(story, 'teo');
    const { id } = await teo.begin('skogen');
    const { secret } = await teo.choose(id, { profile: 'call-button' });
    await teo.place(id, worn);
    await story.tells(secret?.deviceId ?? '', 'help.pressed');
    const before = await teo.look(id);
    await story.stop();
    await story.start();
    expect(await teo.begin('skogen')).toMatchObject({ id, tests: before.tests, step: 'tests' });
  });

  test('that is abandoned tells nothing of the home any more', async () => {
    const story = await openStory(noon);
    const teo = handsOf(story, 'teo');
    const { id } = await teo.begin('skogen');
    const { secret } = await teo.choose(id, { profile: 'call-button' });
    await teo.place(id, worn);
    await teo.abandon(id);
    await story.tells(secret?.deviceId ?? '', 'help.pressed');
    for (const queue of ['care', 'test'] as const) {
      expect(await story.sees('karin', queue)).toEqual([]);
    }
  });
});

describe('a broken call button', () => {
  test('is exchanged: the new one takes its place, and the secret of the old is refused', async () => {
    const story = await openStory(noon);
    const teo = handsOf(story, 'teo');
    const old = 'skogen-call-button';
    const oldSecret = story.secrets.get(old) ?? '';
    const { id, deviceId } = await installButton(story, 'skogen', old);
    expect(await refusedBy(story, old, oldSecret)).toBe(false);
    await teo.sign(id);
    expect(await refusedBy(story, old, oldSecret)).toBe(true);
    expect(await refusedBy(story, deviceId, story.secrets.get(deviceId) ?? '')).toBe(false);
    const devices = await story.does('karin', 'GET', '/homes/skogen');
    expect(JSON.stringify(devices)).toContain(deviceId);
    expect(JSON.stringify(devices)).not.toContain(`"id":"${old}"`);
  });

  test('is cut off while it is connected, and its history stays with its old resident', async () => {
    const story = await openStory(noon);
    const old = 'skogen-call-button';
    await story.tells(old, 'help.pressed');
    const { id: alertId } = await story.alert('amina', 'help-pressed');
    await story.does('amina', 'PUT', `/alerts/${alertId}/resolution`, { outcome: 'helped' });
    const client = await mqtt.connectAsync(story.mqttUrl(), {
      clientId: old,
      username: old,
      password: story.secrets.get(old) ?? '',
      reconnectPeriod: 0,
    });
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    await story.does('teo', 'POST', `/devices/${old}/decommission`, { reason: 'Tappad i golvet.' });
    await closed;
    expect(await refusedBy(story, old, story.secrets.get(old) ?? '')).toBe(true);

    const scanned = { scanned: 'vaka:?profile=call-button&serial=A-17' };
    const teo = handsOf(story, 'teo');
    const first = await teo.begin('skogen');
    const { secret } = await teo.choose(first.id, scanned);
    await teo.place(first.id, worn);
    await story.tells(secret?.deviceId ?? '', 'help.pressed');
    await story.does('teo', 'POST', `/devices/${secret?.deviceId}/decommission`, {
      reason: 'Flyttas till Backen.',
    });
    const second = await teo.begin('backen');
    const anew = await teo.choose(second.id, scanned);
    expect(anew.secret?.deviceId).not.toBe(secret?.deviceId);
    await teo.place(second.id, worn);

    const home = JSON.stringify(await story.does('karin', 'GET', '/homes/backen'));
    expect(home).toContain(anew.secret?.deviceId);
    expect(home).not.toContain(old);
    expect(home).not.toContain(secret?.deviceId);
    expect(home).not.toContain(alertId);
    const left = JSON.stringify(await story.does('karin', 'GET', '/homes/skogen'));
    expect(left).toContain(alertId);
  });
});

test('a sensor that nobody has consented to lives, keeps nothing, and is signed for with reasons', async () => {
  const story = await openStory(noon);
  const teo = handsOf(story, 'teo');
  const { id } = await teo.begin('skogen');
  const { secret } = await teo.choose(id, { profile: 'night-camera' });
  const deviceId = secret?.deviceId ?? '';
  await teo.place(id, { placement: 'bedroom', name: 'Nattkamera' });
  await story.tells(deviceId, 'person.seen');
  const view = await teo.look(id);
  expect(view).toMatchObject({ step: 'tests', device: { droppedWithoutConsent: 1 } });
  expect(view.tests.every(({ seenAt, isUnconsented }) => seenAt === null && isUnconsented)).toBe(
    true,
  );
  for (const { type } of view.tests) await teo.skip(id, type, 'Inget samtycke till kamera.');
  expect((await teo.look(id)).step).toBe('alarm');
});

test('carers and administrators install nothing, and technicians are told no names', async () => {
  const story = await openStory(noon);
  expect((await story.ask('amina', 'POST', '/installations', { homeId: 'skogen' })).status).toBe(
    403,
  );
  const begun = await story.does('teo', 'POST', '/installations', { homeId: 'skogen' });
  expect(JSON.stringify(begun)).toContain('Skogen 1');
  expect(JSON.stringify(begun)).not.toContain('Boende');
  expect(story.accessRows('norr')).toContain('teo devices skogen');
});
