import type { ServerResponse } from 'node:http';

import { expect, test } from 'vitest';

import { EndpointSecret } from '../../gateway/protocol/duty/endpoint.ts';
import { openMailServer } from '../gateway/notify/mail-server.ts';
import { openPushService } from '../gateway/notify/push-service.ts';
import { openReceiver, status } from '../gateway/notify/receiver.ts';
import { furnishing } from './furnish.ts';
import { openStory } from './story.ts';

const town = furnishing({
  id: 'norr',
  units: [{ id: 'patrull', name: 'Nattpatrullen', homes: ['skogen'] }],
  people: ['Amina carer patrull', 'Karin coordinator', 'Teo technician'],
});

interface StepGiven {
  asks: readonly object[];
  channels: readonly string[];
  waitSeconds: number;
}
const unit = { who: 'responsible-unit' };
const coordinators = { who: 'coordinators' };

/** A mail server, a push service and an alarm centre, and a policy that goes by them. */
async function openTown(stepsOf: (centre: object) => readonly StepGiven[]) {
  const mail = await openMailServer();
  const push = await openPushService();
  const receiver = await openReceiver();
  const story = await openStory({
    begins: '2026-11-21T22:00',
    furnish: town,
    environment: { VAKA_SMTP_URL: mail.url, VAKA_MAIL_FROM: 'Vaka <vaka@norr.example>' },
  });
  const { endpoint, keys } = push.subscribe('amina').subscription;
  await story.does('amina', 'PUT', '/push/subscription', { endpoint, keys });
  await story.checkIn('amina', 'patrull', 9);
  const added = await story.does('karin', 'POST', '/endpoints', {
    name: 'Larmcentralen',
    url: `${receiver.url}/hook`,
  });
  const centre = { who: 'webhook', endpointId: EndpointSecret.parse(added).endpoint.id };
  const policy = {
    id: 'natt',
    title: 'Natt',
    severities: ['emergency'],
    steps: stepsOf(centre),
    arrivalMinutes: 20,
    reminderMinutes: 30,
  };
  const document = { policies: [policy] };
  await story.does('karin', 'PUT', '/policies', { version: 0, document, reason: 'Natten.' });
  // Until the check-in nobody was on duty, and it was said.
  await story.pass(10);
  mail.letters.length = 0;
  return { story, mail, push, receiver };
}

test('screen at 0 s without a receipt, push at 30 s, e-mail at 90 s, the alarm centre at 150 s', async () => {
  const { story, mail, push, receiver } = await openTown((centre) => [
    { asks: [unit], channels: ['screen'], waitSeconds: 30 },
    { asks: [unit], channels: ['push'], waitSeconds: 60 },
    { asks: [coordinators], channels: ['email'], waitSeconds: 60 },
    { asks: [centre], channels: ['screen'], waitSeconds: 60 },
  ]);
  const told = () => [push.received.length, mail.letters.length, receiver.received.length];
  await story.tells('skogen-call-button', 'help.pressed');
  await story.pass(25);
  expect(told()).toEqual([0, 0, 0]);
  await story.pass(125);
  const { id } = await story.alert('karin', 'help-pressed');
  expect(await story.timeline('karin', id)).toEqual([
    '0 s raised -> Amina',
    '30 s escalated (unanswered) -> Amina',
    '30 s delivered by push to Amina',
    '90 s escalated (unanswered) -> Karin',
    '90 s delivered by email to Karin',
    '150 s escalated (unanswered) -> Larmcentralen',
    '150 s delivered by webhook to Larmcentralen',
  ]);
});

test('neither a mail server that is down nor a webhook that hangs delays a push', async () => {
  const { story, mail, push, receiver } = await openTown((centre) => [
    { asks: [unit, centre], channels: ['push', 'email'], waitSeconds: 600 },
  ]);
  await mail.close();
  const hanging: ServerResponse[] = [];
  receiver.answer((response) => hanging.push(response));
  const telling = story.tells('skogen-call-button', 'help.pressed');
  await Promise.all([push.whenReceived(1), receiver.whenReceived(1)]);
  const { id } = await story.alert('karin', 'help-pressed');
  await expect
    .poll(() => story.timeline('karin', id))
    .toEqual(['0 s raised -> Amina, Larmcentralen', '0 s delivered by push to Amina']);

  for (const response of hanging) response.writeHead(204).end();
  await telling;
  expect((await story.timeline('karin', id)).at(-1)).toBe(
    '0 s delivered by webhook to Larmcentralen',
  );
  const back = await openMailServer(mail.port);
  await story.pass(60);
  expect(back.letters.map(({ to }) => to)).toEqual([['amina@vaka.example']]);
});

test('a restart while receivers are out of order loses nothing and gives nothing a new id', async () => {
  const { story, mail, receiver } = await openTown((centre) => [
    { asks: [unit, centre], channels: ['email'], waitSeconds: 600 },
  ]);
  mail.refuseLetters(() => ({ code: 451, text: 'Later.' }));
  receiver.answer(status(503));
  await story.tells('skogen-call-button', 'help.pressed');
  expect([mail.refused.length, receiver.received.length]).toEqual([1, 1]);

  await story.stop();
  mail.refuseLetters(() => null);
  receiver.answer(status(204));
  await story.start();
  await story.pass(60);
  expect(mail.letters.map(idOfLetter)).toEqual(mail.refused.map(idOfLetter));
  const [first, ...others] = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(others).toEqual([first]);
  const { id } = await story.alert('karin', 'help-pressed');
  const lines = await story.timeline('karin', id);
  expect(lines.map((line) => line.replace(/^\d+ s /, '')).toSorted()).toEqual([
    'delivered by email to Amina',
    'delivered by webhook to Larmcentralen',
    'raised -> Amina, Larmcentralen',
  ]);
});

function idOfLetter({ source }: { source: string }): string {
  return /^Message-ID: (.+)$/im.exec(source)?.[1]?.trim() ?? 'none';
}

test('a step whose receivers are all gone is not waited for', async () => {
  const { story, push, receiver } = await openTown((centre) => [
    { asks: [unit], channels: ['push'], waitSeconds: 300 },
    { asks: [centre], channels: ['screen'], waitSeconds: 300 },
    { asks: [coordinators], channels: ['screen'], waitSeconds: 300 },
  ]);
  push.answer(status(410));
  receiver.answer(status(410));
  await story.tells('skogen-call-button', 'help.pressed');
  const { id } = await story.alert('karin', 'help-pressed');
  expect(await story.timeline('karin', id)).toEqual([
    '0 s raised -> Amina',
    '0 s undelivered by push to Amina',
    '0 s escalated (nobody-reached) -> Larmcentralen',
    '0 s undelivered by webhook to Larmcentralen',
    '0 s escalated (nobody-reached) -> Karin',
  ]);
});

test('a channel that stays out of order is an alert of its own, until it works again', async () => {
  const { story, mail } = await openTown(() => [
    { asks: [unit], channels: ['email'], waitSeconds: 600 },
  ]);
  const screen = await story.openScreen('amina');
  await mail.close();
  await story.tells('skogen-call-button', 'help.pressed');
  await story.pass(295);
  expect(await story.sees('karin', 'technical')).toEqual([]);
  await story.pass(20);
  const stuck = await story.alert('karin', 'outbox-stuck', 'technical');
  expect(stuck.rule.title.en).toBe('Notifications are stuck: e-mail');
  expect((await story.timeline('karin', stuck.id))[0]).toBe('0 s raised -> Karin, Teo');
  await screen.close();

  await openMailServer(mail.port);
  await story.pass(60);
  expect(await story.sees('karin', 'technical')).toEqual([]);
});
