import { expect, test } from 'vitest';

import { openReceiver } from '../gateway/notify/receiver.ts';
import { furnishing } from './furnish.ts';
import { openStory, type Story } from './story.ts';

const minute = 60;

const town = furnishing({
  id: 'norr',
  units: [{ id: 'patrull', name: 'Nattpatrullen', homes: ['skogen'] }],
  people: ['Amina carer patrull', 'Karin coordinator', 'Teo technician'],
});

/** What this person sees that is about the service itself; nothing in the homes speaks in these stories. */
async function aboutUs(story: Story, person: string): Promise<string[]> {
  const seen = await story.sees(person, 'technical');
  return seen.filter((one) => !one.startsWith('device-silent'));
}

test('the coordinator knows an hour before that nobody will be on duty, and when nobody is', async () => {
  const story = await openStory({ begins: '2026-11-21T22:00', furnish: town });
  const screen = await story.openScreen('amina');
  await story.checkIn('amina', 'patrull', 9);
  await story.passUntil('2026-11-22T05:59:30');
  expect(await aboutUs(story, 'karin')).toEqual([]);
  await story.pass(minute);
  const soon = await story.alert('karin', 'nobody-soon', 'technical');
  expect(soon.rule.title.sv).toBe('Snart ingen i tjänst i Nattpatrullen');
  expect(soon.asked.map(({ who, name }) => name ?? who)).toEqual(['coordinators']);
  await story.passUntil('2026-11-22T07:00:30');
  expect(await aboutUs(story, 'karin')).toEqual(['nobody-on-duty firing']);
  await story.checkIn('amina', 'patrull', 9);
  await story.pass(30);
  expect(await aboutUs(story, 'karin')).toEqual([]);
  await screen.close();
});

test('a unit without a screen is told of after two minutes, and no longer once one is open', async () => {
  const story = await openStory({ begins: '2026-11-21T22:00', furnish: town });
  await story.checkIn('amina', 'patrull', 9);
  await story.pass(minute);
  expect(await aboutUs(story, 'karin')).toEqual([]);
  await story.pass(2 * minute);
  expect(await aboutUs(story, 'karin')).toEqual(['no-screen firing']);
  await story.openScreen('amina');
  await story.pass(30);
  expect(await aboutUs(story, 'karin')).toEqual([]);
});

test('ten minutes without us are one alert, which leaves when the homes are heard again', async () => {
  const story = await openStory({ begins: '2026-11-21T22:00', furnish: town });
  await story.checkIn('amina', 'patrull', 9);
  await story.tells('skogen-call-button', 'device.heartbeat');
  await story.pass(minute);
  // As a power cut would: nobody has said goodbye.
  await story.cutPower();
  story.stall(10 * minute);
  await story.start();
  await story.sweep();
  expect(await story.sees('teo', 'technical')).toContain('homes-unreachable firing');
  await story.tells('skogen-call-button', 'device.heartbeat');
  // That it is connected is stored a moment later than what it tells.
  const seen = async () => {
    await story.pass(10);
    return story.sees('teo', 'technical');
  };
  await expect.poll(seen).not.toContain('homes-unreachable firing');
  expect(await seen()).not.toContain('device-silent firing');
});

test('somebody outside hears every minute that all is well', async () => {
  const receiver = await openReceiver();
  const environment = { VAKA_DEADMAN_URL: `${receiver.url}/ping` };
  await openStory({ begins: '2026-11-21T22:00', furnish: town, environment });
  await receiver.whenReceived(1);
  expect(receiver.received[0]).toMatchObject({ method: 'GET', path: '/ping' });
}, 20_000);
