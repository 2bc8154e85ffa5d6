import { describe, expect, test } from 'vitest';

import { furnishing } from './furnish.ts';
import { openStory } from './story.ts';

const town = furnishing({
  id: 'norr',
  units: [{ id: 'patrull', name: 'Nattpatrullen', duty: 'always', homes: ['skogen', 'backen'] }],
  people: ['Amina carer patrull', 'Karin coordinator', 'Teo technician'],
});
const minute = 60_000;
const reason = 'Byte av larmknapp.';

describe('test mode', () => {
  test('asks the technician only, and what nobody took becomes real when it ends', async () => {
    const story = await openStory({ begins: '2026-11-21T22:00', furnish: town });
    const screen = await story.openScreen('amina');
    const until = story.now() + 5 * minute;
    await story.does('teo', 'PUT', '/homes/skogen/test-mode', { until, reason });
    await story.tells('skogen-call-button', 'help.pressed');
    await story.pass(295);
    expect(await story.sees('teo', 'test')).toEqual(['help-pressed firing']);
    expect(await story.sees('karin', 'test')).toEqual(['help-pressed firing']);
    expect(await story.sees('karin')).toEqual([]);
    expect(await story.sees('amina')).toEqual([]);
    expect(screen.everShown()).toEqual([]);
    const { id, isTest } = await story.alert('karin', 'help-pressed', 'test');
    expect(isTest).toBe(true);

    await story.pass(5);
    expect(await story.sees('teo', 'test')).toEqual([]);
    expect(screen.board()).toEqual(['help-pressed firing']);
    expect(await story.timeline('karin', id)).toEqual([
      '0 s raised -> Teo',
      '120 s escalated (unanswered) -> Teo',
      '300 s assigned (test-ended) to Nattpatrullen -> Amina',
      '300 s delivered by Amina by screen',
    ]);
  });

  test('does not swallow a real press on what the technician has left open', async () => {
    const story = await openStory({ begins: '2026-11-21T22:00', furnish: town });
    const until = story.now() + 5 * minute;
    await story.does('teo', 'PUT', '/homes/skogen/test-mode', { until, reason });
    await story.tells('skogen-call-button', 'help.pressed');
    const { id } = await story.alert('teo', 'help-pressed', 'test');
    await story.does('teo', 'PUT', `/alerts/${id}/acceptance`, {});
    await story.pass(400);
    expect(await story.sees('amina')).toEqual([]);
    await story.tells('skogen-call-button', 'help.pressed');
    expect(await story.sees('amina')).toEqual(['help-pressed firing']);
    expect((await story.timeline('karin', id)).slice(-2)).toEqual([
      '400 s repeated',
      '400 s assigned (test-ended) to Nattpatrullen -> Amina',
    ]);
  });
});

describe('a pause', () => {
  test('holds activity back and says so, lets calls through, and asks when it ends what still holds', async () => {
    const story = await openStory({ begins: '2026-11-21T22:00', furnish: town });
    const until = story.now() + 4 * 60 * minute;
    await story.does('karin', 'PUT', '/homes/skogen/pause', { until, reason: 'På sjukhus.' });
    await story.tells('skogen-bed-sensor', 'bed.left');
    await story.pass(20 * 60);
    const bed = await story.alert('karin', 'bed-left-at-night');
    expect(bed.held).toEqual({ why: 'pause', until });

    await story.tells('skogen-call-button', 'help.pressed');
    const call = await story.alert('amina', 'help-pressed');
    expect(await story.timeline('karin', call.id)).toEqual(['0 s raised -> Amina']);
    await story.does('amina', 'PUT', `/alerts/${call.id}/resolution`, { outcome: 'helped' });

    await story.passUntil('2026-11-21T23:59:55');
    expect(await story.sees('karin', 'technical')).not.toContain('hold-ends-soon firing');
    await story.passUntil('2026-11-22T00:00:10');
    const soon = await story.alert('karin', 'hold-ends-soon', 'technical');
    expect(soon.rule.title.en).toBe('The pause of Skogen 1 ends soon');

    await story.passUntil('2026-11-22T02:00:10');
    expect(await story.timeline('karin', bed.id)).toEqual([
      '0 s raised -> Amina',
      '0 s suppressed (pause)',
      '13200 s returned (hold-ended) -> Amina',
    ]);
    const told = await story.timeline('karin', soon.id);
    expect(told[0]).toBe('0 s raised -> Karin');
    expect(told.at(-1)).toMatch(/ resolved no-action$/);
  });

  test('leaves nothing of what was over before it ended', async () => {
    const story = await openStory({ begins: '2026-11-21T22:00', furnish: town });
    const until = story.now() + 60 * minute;
    await story.does('karin', 'PUT', '/homes/skogen/pause', { until, reason: 'På sjukhus.' });
    await story.tells('skogen-bed-sensor', 'bed.left');
    await story.pass(20 * 60);
    const { id } = await story.alert('karin', 'bed-left-at-night');
    await story.pass(10 * 60);
    await story.tells('skogen-bed-sensor', 'bed.entered');
    await story.pass(60 * 60);
    expect(await story.timeline('karin', id)).toEqual([
      '0 s raised -> Amina',
      '0 s suppressed (pause)',
      '600 s cleared',
      '600 s resolved no-action',
    ]);
  });
});

test('a silence holds back what matches, never an emergency, and ends by itself', async () => {
  const story = await openStory({ begins: '2026-11-21T22:00', furnish: town });
  const until = story.now() + 30 * minute;
  const matchers = { homeIds: ['skogen'] };
  await story.does('karin', 'POST', '/silences', { matchers, until, reason: 'Besök.' });
  for (const home of ['skogen', 'backen']) await story.tells(`${home}-bed-sensor`, 'bed.left');
  await story.pass(20 * 60);
  const alerts = await story.alerts('karin');
  const idAt = (home: string) => alerts.find((alert) => alert.home?.id === home)?.id ?? '';
  await story.tells('skogen-call-button', 'help.pressed');
  const call = await story.alert('amina', 'help-pressed');
  expect(call.held).toBeNull();
  await story.does('amina', 'PUT', `/alerts/${call.id}/resolution`, { outcome: 'helped' });
  await story.pass(180);
  expect(await story.timeline('karin', idAt('backen'))).toEqual([
    '0 s raised -> Amina',
    '180 s escalated (unanswered) -> Amina',
  ]);
  await story.pass(7 * 60);
  expect(await story.timeline('karin', idAt('skogen'))).toEqual([
    '0 s raised -> Amina',
    '0 s suppressed (silence)',
    '600 s returned (hold-ended) -> Amina',
  ]);
});

test('while staff are in a home, what stirs there asks nobody; elsewhere it does', async () => {
  const story = await openStory({ begins: '2026-11-21T22:00', furnish: town });
  await story.tells('skogen-call-button', 'help.pressed');
  const call = await story.alert('amina', 'help-pressed');
  await story.does('amina', 'PUT', `/alerts/${call.id}/acceptance`, {});
  await story.pass(5 * 60);
  await story.tells('skogen-tag-reader', 'test.pressed');
  for (const home of ['skogen', 'backen']) await story.tells(`${home}-bed-sensor`, 'bed.left');
  await story.pass(21 * 60);
  const alerts = await story.alerts('karin');
  const beds = alerts.filter(({ rule }) => rule.id === 'bed-left-at-night');
  const held = beds.map((bed) => `${bed.home?.id} ${bed.held?.why ?? 'asks'}`);
  expect(held.toSorted()).toEqual(['backen asks', 'skogen staff-on-site']);
  await story.does('amina', 'PUT', `/alerts/${call.id}/resolution`, { outcome: 'helped' });
  await story.pass(5 * 60);
  const id = beds.find(({ home }) => home?.id === 'skogen')?.id ?? '';
  expect(await story.timeline('karin', id)).toEqual([
    '0 s raised -> Amina',
    '0 s suppressed (staff-on-site)',
    '300 s returned (hold-ended) -> Amina',
  ]);
});

test('what was to end while the gateway was down has ended when it starts', async () => {
  const story = await openStory({ begins: '2026-11-21T22:00', furnish: town });
  const until = story.now() + 25 * minute;
  await story.does('teo', 'PUT', '/homes/backen/test-mode', { until, reason });
  await story.does('karin', 'PUT', '/homes/skogen/pause', { until, reason: 'På sjukhus.' });
  await story.tells('skogen-bed-sensor', 'bed.left');
  await story.pass(20 * 60);
  const { id: paused } = await story.alert('karin', 'bed-left-at-night');
  await story.tells('backen-call-button', 'help.pressed');
  const { id: tried } = await story.alert('karin', 'help-pressed', 'test');
  await story.stop();
  story.stall(15 * 60);
  await story.start();
  expect(await story.sees('amina')).toEqual(['help-pressed firing', 'bed-left-at-night firing']);
  expect(await story.timeline('karin', paused)).toEqual([
    '0 s raised -> Amina',
    '0 s suppressed (pause)',
    '900 s returned (hold-ended) -> Amina',
  ]);
  expect(await story.timeline('karin', tried)).toEqual([
    '0 s raised -> Teo',
    '900 s assigned (test-ended) to Nattpatrullen -> Amina',
  ]);
});
