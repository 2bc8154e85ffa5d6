import { expect, test } from 'vitest';

import { openMailServer } from '../gateway/notify/mail-server.ts';
import { furnishing } from './furnish.ts';
import { openStory } from './story.ts';

const town = furnishing({
  id: 'norr',
  units: [
    { id: 'patrull', name: 'Nattpatrullen', homes: ['skogen'] },
    { id: 'grannen', name: 'Granngruppen' },
  ],
  people: ['Amina carer patrull', 'Greta carer grannen', 'Karin coordinator', 'Teo technician'],
});

/** The unit; its neighbours; somebody by a push that she has never asked for; whoever coordinates. */
const policy = {
  id: 'natt',
  title: 'Natt',
  severities: ['emergency'],
  steps: [
    { asks: [{ who: 'responsible-unit' }], channels: ['screen', 'push'], waitSeconds: 30 },
    { asks: [{ who: 'unit', unitId: 'grannen' }], channels: ['screen'], waitSeconds: 60 },
    { asks: [{ who: 'people', ids: ['greta'] }], channels: ['push'], waitSeconds: 60 },
    { asks: [{ who: 'coordinators' }], channels: ['email'], waitSeconds: 120 },
  ],
  arrivalMinutes: 20,
  reminderMinutes: 30,
};

test('nobody on duty from three: the coordinator knew at two, and a press walks the whole policy at once', async () => {
  const mail = await openMailServer();
  const letters = () =>
    mail.letters.map(({ to, source }) => {
      const subject = /^Subject: (.+)$/m.exec(source)?.[1]?.trim();
      return `${to.join()} ${subject}`;
    });
  const story = await openStory({
    begins: '2026-11-22T01:55',
    furnish: town,
    environment: { VAKA_SMTP_URL: mail.url, VAKA_MAIL_FROM: 'Vaka <vaka@norr.example>' },
  });
  const document = { policies: [policy] };
  await story.does('karin', 'PUT', '/policies', { version: 0, document, reason: 'Natten.' });
  await story.checkIn('amina', 'patrull', 65 / 60);
  const screen = await story.openScreen('amina');

  await story.passUntil('2026-11-22T02:00');
  mail.letters.length = 0;
  expect(await story.sees('karin', 'technical')).toEqual([]);
  await story.pass(10);
  const soon = await story.alert('karin', 'nobody-soon', 'technical');
  expect(await story.timeline('karin', soon.id)).toEqual([
    '0 s raised -> Karin',
    '0 s delivered by email to Karin',
  ]);
  const technical = 'karin@vaka.example Tekniskt larm';
  expect(letters()).toEqual([technical]);
  await story.does('karin', 'PUT', `/alerts/${soon.id}/acceptance`, {});

  // A restart repeats nothing of it, and forgets nothing.
  await screen.close();
  await story.stop();
  await story.start();
  const second = await story.openScreen('amina');
  await story.passUntil('2026-11-22T02:59:55');
  expect(await story.sees('karin', 'technical')).toContain('nobody-soon accepted');
  expect(letters()).toEqual([technical]);

  await second.close();
  await story.passUntil('2026-11-22T03:00:10');
  expect(await story.sees('karin', 'technical')).toContain('nobody-on-duty firing');
  mail.letters.length = 0;
  await story.tells('skogen-call-button', 'help.pressed');
  await story.pass(120);
  const { id } = await story.alert('karin', 'help-pressed');
  expect(await story.timeline('karin', id)).toEqual([
    '0 s raised',
    '0 s escalated (nobody-reached)',
    '0 s escalated (nobody-reached)',
    '0 s escalated (nobody-reached) -> Karin',
    '0 s delivered by email to Karin',
    '120 s escalated (unanswered) -> Karin',
    '120 s delivered by email to Karin',
  ]);
  const urgent = letters().filter((letter) => letter !== technical);
  expect(urgent).toEqual(Array(2).fill('karin@vaka.example Akut larm, Skogen'));
});
