import { expect, test } from 'vitest';

import { furnishing } from './furnish.ts';
import { openStory } from './story.ts';

const day = furnishing({
  id: 'norr',
  units: [
    { id: 'dag', name: 'Dagen', homes: ['skogen'] },
    { id: 'kvall', name: 'Kvällen', duty: 'always' },
  ],
  people: [
    'Amina carer dag',
    'Johan carer dag',
    'Bengt carer kvall',
    'Karin coordinator',
    'Teo technician',
  ],
});
const begins = '2026-11-21T10:00';

async function onDuty() {
  const story = await openStory({ begins, furnish: day });
  await story.checkIn('amina', 'dag', 8);
  await story.checkIn('johan', 'dag', 8);
  return story;
}

test('the alert goes on at once when all who were asked decline, and to the one who does not', async () => {
  const story = await onDuty();
  await story.tells('skogen-call-button', 'help.pressed');
  const { id } = await story.alert('amina', 'help-pressed');
  await story.pass(10);
  await story.does('amina', 'PUT', `/alerts/${id}/decline`);
  expect((await story.alert('johan', 'help-pressed')).declinedBy).toMatchObject([{ id: 'amina' }]);
  await story.pass(10);
  await story.does('johan', 'PUT', `/alerts/${id}/decline`);
  expect(await story.timeline('karin', id)).toEqual([
    '0 s raised -> Amina, Johan',
    '10 s declined by Amina',
    '20 s declined by Johan',
    '20 s escalated (declined) -> Amina, Johan',
  ]);
  await story.pass(5);
  await story.does('johan', 'PUT', `/alerts/${id}/acceptance`, {});
  expect(await story.sees('amina')).toEqual(['help-pressed accepted']);
});

test('one who has an alert may be relieved of it, or ask for more people', async () => {
  const story = await onDuty();
  await story.tells('skogen-call-button', 'help.pressed');
  const { id } = await story.alert('amina', 'help-pressed');
  await story.does('amina', 'PUT', `/alerts/${id}/acceptance`, {});
  const refused = await story.ask('johan', 'PUT', `/alerts/${id}/acceptance`, {});
  expect(refused).toMatchObject({ status: 409, body: { detail: 'Amina already has it.' } });
  await story.pass(60);
  await story.does('johan', 'PUT', `/alerts/${id}/take-over`, {});
  await story.pass(60);
  await story.does('johan', 'PUT', `/alerts/${id}/help-request`);
  expect(await story.alert('amina', 'help-pressed')).toMatchObject({
    state: 'accepted',
    acceptedBy: { id: 'johan' },
    helpWantedAt: story.now(),
  });
  await story.pass(60);
  await story.does('amina', 'PUT', `/alerts/${id}/acceptance`, {});
  await story.pass(600);
  expect(await story.timeline('karin', id)).toEqual([
    '0 s raised -> Amina, Johan',
    '0 s accepted by Amina',
    '0 s delivered by device to Larmknapp',
    '60 s taken-over by Johan to Amina',
    '120 s help-wanted by Johan -> Amina',
    '180 s help-wanted -> Amina',
    '180 s joined by Amina',
  ]);
  expect((await story.alert('karin', 'help-pressed')).helpers).toMatchObject([{ id: 'amina' }]);
});

test('acknowledged is not helped: an alert whose carer does not come returns in minutes', async () => {
  const story = await onDuty();
  await story.tells('skogen-call-button', 'help.pressed');
  const { id } = await story.alert('amina', 'help-pressed');
  await story.does('amina', 'PUT', `/alerts/${id}/acceptance`, {});
  await story.pass(20 * 60);
  await story.does('johan', 'PUT', `/alerts/${id}/acceptance`, {});
  await story.does('johan', 'DELETE', `/alerts/${id}/acceptance`);
  expect(await story.timeline('karin', id)).toEqual([
    '0 s raised -> Amina, Johan',
    '0 s accepted by Amina',
    '0 s delivered by device to Larmknapp',
    '1200 s returned (no-arrival) -> Amina, Johan',
    '1200 s accepted by Johan',
    '1200 s delivered by device to Larmknapp',
    '1200 s returned (handed-back) by Johan -> Amina, Johan',
  ]);
});

test('the tag that staff hold to the reader by the door means that they are there', async () => {
  const story = await onDuty();
  await story.tells('skogen-call-button', 'help.pressed');
  const { id } = await story.alert('amina', 'help-pressed');
  await story.tells('skogen-tag-reader', 'test.pressed');
  expect(await story.sees('amina')).toEqual(['help-pressed firing']);
  await story.pass(120);
  await story.does('amina', 'PUT', `/alerts/${id}/acceptance`, {});
  await story.pass(180);
  // From before: another visit, of which the reader tells late.
  await story.tells('skogen-tag-reader', 'test.pressed', {}, story.now() - 250_000);
  expect(await story.sees('amina')).toEqual(['help-pressed accepted']);
  await story.tells('skogen-tag-reader', 'test.pressed');
  expect(await story.timeline('karin', id)).toEqual([
    '0 s raised -> Amina, Johan',
    '60 s escalated (unanswered) -> Amina, Johan',
    '120 s escalated (unanswered) -> Amina, Bengt, Johan, Karin',
    '120 s accepted by Amina',
    '120 s delivered by device to Larmknapp',
    '300 s arrived by Amina',
  ]);
});

test('while staff are in the home its everyday activity asks nobody, and asks when they have left', async () => {
  const night = await openStory({ begins: '2026-11-21T23:00', furnish: day });
  await night.checkIn('amina', 'dag', 8);
  await night.tells('skogen-call-button', 'help.pressed');
  const { id } = await night.alert('amina', 'help-pressed');
  await night.does('amina', 'PUT', `/alerts/${id}/arrival`, {});
  await night.tells('skogen-door-contact', 'door.opened');
  await night.pass(200);
  const door = await night.alert('amina', 'front-door-at-night');
  expect(door).toMatchObject({ state: 'firing', held: { why: 'staff-on-site' } });
  await night.does('amina', 'PUT', `/alerts/${id}/resolution`, { outcome: 'helped' });
  await night.pass(240);
  expect(await night.timeline('karin', door.id)).toEqual([
    '0 s raised -> Amina',
    '0 s suppressed (staff-on-site)',
    '300 s returned (hold-ended) -> Amina',
  ]);
});

test('whoever pressed is told by the button that somebody comes', async () => {
  const story = await onDuty();
  const heard = await story.commandsTo('skogen-call-button');
  await story.tells('skogen-call-button', 'help.pressed');
  const { id } = await story.alert('amina', 'help-pressed');
  expect(heard).toEqual([]);
  await story.does('amina', 'PUT', `/alerts/${id}/acceptance`, {});
  await expect
    .poll(() => heard.map((text) => JSON.parse(text) as unknown))
    .toMatchObject([{ command: 'reassure', id: `${id}:1:device:reassure:skogen-call-button` }]);
});
