import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';

import { EndpointSecret, WebhookBody } from '../../gateway/protocol/duty/endpoint.ts';
import { PushKey } from '../../gateway/protocol/duty/push.ts';
import { openMailServer } from '../gateway/notify/mail-server.ts';
import { openPushService, verifyVapid } from '../gateway/notify/push-service.ts';
import { openReceiver, type Received, status } from '../gateway/notify/receiver.ts';
import { furnishing } from './furnish.ts';
import { openStory } from './story.ts';

const night = furnishing({
  id: 'norr',
  units: [{ id: 'patrull', name: 'Nattpatrullen', homes: ['skogen'] }],
  people: ['Amina carer patrull', 'Karin coordinator'],
});

/** Push to the unit; after a minute e-mail to the coordinator; after another the alarm centre. */
async function openChannels() {
  const [mail, push, centre] = await Promise.all([
    openMailServer(),
    openPushService(),
    openReceiver(),
  ]);
  const story = await openStory({
    begins: '2026-11-21T22:00',
    furnish: night,
    environment: { VAKA_SMTP_URL: mail.url, VAKA_MAIL_FROM: 'Vaka <vaka@norr.example>' },
  });
  const phone = push.subscribe('amina');
  const { endpoint, keys } = phone.subscription;
  const { publicKey } = PushKey.parse(await story.does('amina', 'GET', '/push/key'));
  await story.does('amina', 'PUT', '/push/subscription', { endpoint, keys });
  await story.checkIn('amina', 'patrull', 9);
  const added = await story.does('karin', 'POST', '/endpoints', {
    name: 'Larmcentralen',
    url: `${centre.url}/hook`,
  });
  const { endpoint: hook, secret } = EndpointSecret.parse(added);
  const step = (asks: object, ...channels: string[]) => ({
    asks: [asks],
    channels,
    waitSeconds: 60,
  });
  await story.does('karin', 'PUT', '/policies', {
    document: {
      policies: [
        {
          id: 'natt',
          title: 'Natt',
          severities: ['emergency', 'high'],
          steps: [
            step({ who: 'responsible-unit' }, 'push'),
            step({ who: 'coordinators' }, 'email'),
            step({ who: 'webhook', endpointId: hook.id }, 'screen'),
          ],
          arrivalMinutes: 20,
          reminderMinutes: 30,
        },
      ],
    },
    version: 0,
    reason: 'Nattens kedja.',
  });

  function said({ headers, body }: Received): string {
    const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
    const expected = new Webhook(secret).sign(String(headers['webhook-id']), at, body.toString());
    if (headers['webhook-signature'] !== expected) throw new Error('It is not signed by Vaka.');
    return WebhookBody.parse(JSON.parse(body.toString())).type;
  }

  /** To whom what is about the home, and not about the service itself, was e-mailed. */
  const mailed = () =>
    mail.letters
      .filter(({ source }) => source.includes('Subject: Akut larm, Skogen'))
      .flatMap(({ to }) => to);
  return { story, mailed, push, phone, publicKey, centre, said };
}

describe('an alert is told', () => {
  test('by push, by e-mail and to the alarm centre in turn; then who asked and who called hear that somebody comes', async () => {
    const { story, mailed, push, phone, publicKey, centre, said } = await openChannels();
    const heard = await story.commandsTo('skogen-call-button');
    await story.tells('skogen-call-button', 'help.pressed');
    await push.whenReceived(1);
    verifyVapid(push.received[0], publicKey);
    expect(phone.read(push.received[0])).toMatchObject({ body: { sv: 'Skogen', en: 'Skogen' } });
    expect([mailed().length, centre.received.length]).toEqual([0, 0]);

    await story.pass(60);
    await expect.poll(mailed).toEqual(['karin@vaka.example']);
    expect(centre.received).toHaveLength(0);

    await story.pass(60);
    await centre.whenReceived(1);
    const { id } = await story.alert('karin', 'help-pressed');
    await story.does('amina', 'PUT', `/alerts/${id}/acceptance`);
    await centre.whenReceived(2);
    await expect.poll(() => heard.length).toBe(1);
    await story.does('amina', 'PUT', `/alerts/${id}/resolution`, { outcome: 'helped' });
    await centre.whenReceived(3);
    expect(centre.received.map(said)).toEqual(['alert.asked', 'alert.taken', 'alert.resolved']);
    await expect
      .poll(async () =>
        (await story.timeline('karin', id)).filter((line) => / delivered /.test(line)),
      )
      .toEqual([
        expect.stringMatching(/^0 s delivered by push/),
        expect.stringMatching(/^60 s delivered by email/),
        expect.stringMatching(/^120 s delivered by webhook/),
        expect.stringMatching(/^120 s delivered by device/),
      ]);
  });

  test('when the channel is back after an outage and a restart, with the same id', async () => {
    const { story, push, phone } = await openChannels();
    push.answer(status(503));
    await story.tells('skogen-call-button', 'help.pressed');
    await push.whenReceived(1);
    await story.stop();
    push.answer(status(201));
    await story.start();
    await story.pass(30);
    await push.whenReceived(2);
    const [first, second] = push.received.map(phone.read);
    expect(second?.id).toBe(first?.id);
    const { id } = await story.alert('karin', 'help-pressed');
    await expect
      .poll(() => story.timeline('karin', id))
      .toContainEqual(expect.stringMatching(/s delivered by push/));
  });
});
