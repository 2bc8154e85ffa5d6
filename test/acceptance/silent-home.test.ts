import { expect, test } from 'vitest';

import type { ProfileId } from '../../gateway/protocol/profile.ts';
import { RuleTemplateList } from '../../gateway/protocol/rule/rule-api.ts';
import { furnishing } from './furnish.ts';
import { openStory, type Story, wallClock } from './story.ts';

function townWith(...devices: ProfileId[]) {
  return furnishing({
    id: 'norr',
    units: [{ id: 'dag', name: 'Dagen', duty: 'always', homes: ['skogen'], devices }],
    people: ['Dana carer dag', 'Karin coordinator', 'Teo technician'],
  });
}

/** The alerts about equipment that ask somebody, and those that wait for another. */
async function equipment(story: Story): Promise<string[]> {
  const alerts = await story.alerts('karin', 'technical');
  return alerts
    .filter(({ home }) => home !== null)
    .map(({ device, inhibitedBy }) => {
      const waits = inhibitedBy === null ? 'asks' : `waits for “${inhibitedBy.title?.en}”`;
      return `${device?.name} ${waits}`;
    })
    .toSorted();
}

test('a device is missed from when it was last heard, also across a restart, and from then only', async () => {
  const story = await openStory({ begins: '2026-11-22T10:00', furnish: townWith('bed-sensor') });
  await story.tells('skogen-bed-sensor', 'bed.entered');
  await story.pass(20 * 60);
  await story.stop();
  story.stall(30);
  await story.start();
  await story.passUntil('2026-11-22T10:29:55');
  expect(await equipment(story)).toEqual([]);
  await story.passUntil('2026-11-22T10:30');
  const { id, since } = await story.alert('karin', 'device-silent', 'technical');
  expect(since).toBe(wallClock('2026-11-22T10:00'));

  // Another restart asks nobody again, and it leaves when the device is heard.
  await story.stop();
  await story.start();
  await story.pass(60);
  await story.tells('skogen-bed-sensor', 'bed.left');
  expect(await equipment(story)).toEqual([]);
  expect(await story.timeline('karin', id)).toEqual([
    '0 s raised -> Dana, Teo',
    '60 s cleared',
    '60 s resolved no-action',
  ]);
});

test('a hub that goes silent is one question, and its sensors wait for it', async () => {
  const story = await openStory({
    begins: '2026-11-22T10:00',
    furnish: townWith('hub', 'bed-sensor', 'door-contact', 'motion-sensor'),
  });
  const library = RuleTemplateList.parse(await story.does('karin', 'GET', '/rule-templates'));
  const { source = '' } = library.items.find(({ id }) => id === 'hub-silent') ?? {};
  const change = { source, basedOn: null, reason: 'Allt går genom hemnoden.' };
  await story.does('karin', 'PUT', '/rules/hub-silent', change);
  for (const device of ['hub', 'bed-sensor', 'door-contact', 'motion-sensor']) {
    await story.tells(`skogen-${device}`, 'device.heartbeat');
  }
  for (let quarter = 0; quarter < 6; quarter += 1) {
    story.stall(15 * 60);
    await story.sweep();
  }
  expect(await equipment(story)).toEqual([
    'Dörrsensor waits for “Hub silent”',
    'Hemnod asks',
    'Hemnod waits for “Hub silent”',
    'Rörelsesensor waits for “Hub silent”',
    'Sängsensor waits for “Hub silent”',
  ]);
});

test('a home without a hub is one question too, and the next asks when the first is heard again', async () => {
  const story = await openStory({
    begins: '2026-11-22T10:00',
    furnish: townWith('door-contact', 'motion-sensor', 'bed-sensor'),
  });
  // The bed is missed after half an hour, the others after an hour, though they fell silent before it.
  for (const device of ['door-contact', 'motion-sensor', 'bed-sensor']) {
    await story.tells(`skogen-${device}`, 'device.heartbeat');
    story.stall(5 * 60);
  }
  for (let quarter = 0; quarter < 6; quarter += 1) {
    story.stall(15 * 60);
    await story.sweep();
  }
  expect(await equipment(story)).toEqual([
    'Dörrsensor waits for “Device silent”',
    'Rörelsesensor waits for “Device silent”',
    'Sängsensor asks',
  ]);
  await story.tells('skogen-bed-sensor', 'device.heartbeat');
  expect(await equipment(story)).toEqual([
    'Dörrsensor asks',
    'Rörelsesensor waits for “Device silent”',
  ]);
  await story.tells('skogen-door-contact', 'device.heartbeat');
  await story.tells('skogen-motion-sensor', 'device.heartbeat');
  expect(await equipment(story)).toEqual([]);
});
