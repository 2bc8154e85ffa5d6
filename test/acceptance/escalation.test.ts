import { describe, expect, test } from 'vitest';

import { furnishing } from './furnish.ts';
import { openStory } from './story.ts';

const night = furnishing({
  id: 'norr',
  units: [{ id: 'patrull', name: 'Nattpatrullen', homes: ['skogen'] }],
  people: ['Amina carer patrull', 'Johan carer patrull', 'Karin coordinator', 'Teo technician'],
});

describe('an alert that nobody answers', () => {
  test('asks those on duty, asks them again, and then everybody, again and again', async () => {
    const story = await openStory({ begins: '2026-11-21T22:00', furnish: night });
    await story.checkIn('amina', 'patrull', 9);
    const screen = await story.openScreen('amina');
    await story.tells('skogen-call-button', 'help.pressed');
    expect(screen.board()).toEqual(['help-pressed firing']);
    await story.pass(180);
    const { id } = await story.alert('karin', 'help-pressed');
    expect(await story.timeline('karin', id)).toEqual([
      '0 s raised -> Amina',
      '0 s delivered by Amina by screen',
      '60 s escalated (unanswered) -> Amina',
      '60 s delivered by Amina by screen',
      '120 s escalated (unanswered) -> Amina, Karin',
      '120 s delivered by Amina by screen',
      '180 s escalated (unanswered) -> Amina, Karin',
    ]);
  });
});
