import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';

import { EndpointSecret, WebhookBody } from '../../gateway/protocol/duty/endpoint.ts';
import { PlanChecked } from '../../gateway/protocol/duty/plan.ts';
import { UnitView } from '../../gateway/protocol/duty/unit.ts';
import { openReceiver, type Received } from '../gateway/notify/receiver.ts';
import { furnishing } from './furnish.ts';
import { openStory, wallClock } from './story.ts';

const town = furnishing({
  id: 'norr',
  units: [
    { id: 'dag', name: 'Dagen', duty: 'always', homes: ['skogen', 'backen'] },
    { id: 'sol', name: 'Solgården', duty: 'always', homes: ['gladan'] },
    { id: 'kvall', name: 'Kvällen', duty: 'always' },
  ],
  people: ['Dana carer dag', 'Sol carer sol', 'Kent carer kvall', 'Karin coordinator'],
});

test('a plan says who answers: once, for named homes, for a unit’s, for all; else the home’s own unit', async () => {
  const story = await openStory({ begins: '2026-11-21T11:00', furnish: town });
  const document = {
    lines: [
      { unitId: 'kvall', hours: { from: '21:00', to: '07:00' } },
      { unitId: 'kvall', ofUnit: 'sol', hours: { from: '17:00', to: '21:00' } },
      { unitId: 'dag', homeIds: ['gladan'], hours: { from: '19:00', to: '20:00' } },
    ],
    exceptions: [
      { unitId: 'kvall', ofUnit: 'dag', from: '2026-11-21T12:00', to: '2026-11-21T15:00' },
      { unitId: 'sol', homeIds: ['backen'], from: '2026-11-21T12:00', to: '2026-11-21T13:00' },
    ],
  };
  const checked = await story.does('karin', 'POST', '/plan/check', { document });
  expect(PlanChecked.parse(checked).findings).toEqual([]);
  await story.does('karin', 'PUT', '/plan', { version: 0, document, reason: 'Vintern.' });

  /** Whom a press in each home asks at that time. */
  const asked = async (time: string) => {
    story.stall((wallClock(`2026-11-21T${time}`) - story.now()) / 1_000);
    const answers: string[] = [];
    for (const home of ['skogen', 'backen', 'gladan']) {
      await story.tells(`${home}-call-button`, 'help.pressed');
      const { id, unit } = await story.alert('karin', 'help-pressed');
      const [raised = ''] = await story.timeline('karin', id);
      answers.push(`${home}: ${unit?.name} ${raised.split(' raised ')[1]}`);
      await story.does('karin', 'PUT', `/alerts/${id}/resolution`, { outcome: 'test' });
    }
    return answers;
  };
  // Nothing in the plan: their own units.
  expect(await asked('11:30')).toEqual([
    'skogen: Dagen -> Dana',
    'backen: Dagen -> Dana',
    'gladan: Solgården -> Sol',
  ]);
  // The exceptions, and of those the one that names the home.
  expect(await asked('12:30')).toEqual([
    'skogen: Kvällen -> Kent',
    'backen: Solgården -> Sol',
    'gladan: Solgården -> Sol',
  ]);
  expect(await asked('14:30')).toEqual([
    'skogen: Kvällen -> Kent',
    'backen: Kvällen -> Kent',
    'gladan: Solgården -> Sol',
  ]);
  // The homes of one unit.
  expect(await asked('18:00')).toEqual([
    'skogen: Dagen -> Dana',
    'backen: Dagen -> Dana',
    'gladan: Kvällen -> Kent',
  ]);
  // One of them by its name.
  expect(await asked('19:30')).toEqual([
    'skogen: Dagen -> Dana',
    'backen: Dagen -> Dana',
    'gladan: Dagen -> Dana',
  ]);
  // All.
  expect(await asked('21:00')).toEqual([
    'skogen: Kvällen -> Kent',
    'backen: Kvällen -> Kent',
    'gladan: Kvällen -> Kent',
  ]);
});

test('at night an alarm centre outside is asked, and hears who has it and that it is over', async () => {
  const receiver = await openReceiver();
  const story = await openStory({ begins: '2026-11-21T21:58', furnish: town });
  const url = `${receiver.url}/hook`;
  const added = await story.does('karin', 'POST', '/endpoints', { name: 'Trygg Larm', url });
  const { endpoint, secret } = EndpointSecret.parse(added);
  const wish = { name: 'Larmcentralen', kind: 'alarm-centre', duty: 'always', serves: [] };
  const answer = await story.does('karin', 'POST', '/units', { ...wish, endpointId: endpoint.id });
  const { id: unitId } = UnitView.parse(answer);
  const lines = [{ unitId, hours: { from: '22:00', to: '07:00' } }];
  const document = { lines, exceptions: [] };
  await story.does('karin', 'PUT', '/plan', { version: 0, document, reason: 'Nätterna.' });

  // What is still unanswered at ten becomes theirs.
  await story.tells('skogen-call-button', 'help.pressed');
  await story.passUntil('2026-11-21T22:00');
  const { id } = await story.alert('karin', 'help-pressed');
  expect(await story.sees('dana')).toEqual([]);
  await story.pass(20);
  await story.does('karin', 'PUT', `/alerts/${id}/acceptance`, {});
  await story.pass(40);
  await story.does('karin', 'PUT', `/alerts/${id}/resolution`, { outcome: 'helped' });
  await story.sweep();
  expect(await story.timeline('karin', id)).toEqual([
    '0 s raised -> Dana',
    '60 s escalated (unanswered) -> Dana',
    '120 s assigned (plan) to Larmcentralen -> Trygg Larm',
    '120 s delivered by webhook to Trygg Larm',
    '140 s accepted by Karin',
    '140 s delivered by device to Larmknapp',
    '180 s resolved by Karin helped',
  ]);

  function said({ headers, body }: Received): unknown {
    const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
    const signature = new Webhook(secret).sign(String(headers['webhook-id']), at, body.toString());
    expect(headers['webhook-signature']).toBe(signature);
    const { type, data } = WebhookBody.parse(JSON.parse(body.toString()));
    return `${type} ${data.severity} ${data.home} ${data.alertId === id}`;
  }
  expect(receiver.received.map(said)).toEqual([
    'alert.asked emergency Skogen 1 true',
    'alert.taken emergency Skogen 1 true',
    'alert.resolved emergency Skogen 1 true',
  ]);
});
