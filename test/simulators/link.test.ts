import { describe, expect, test } from 'vitest';

import type { ProfileId } from '../../gateway/protocol/profile.ts';
import { commandsTopic, errorsTopic } from '../../gateway/protocol/topic.ts';
import { Link } from '../../simulators/link.ts';
import { createStats } from '../../simulators/stats.ts';
import { startBroker, type Broker } from './broker.ts';

function createLink(broker: Broker, id: string, profile: ProfileId = 'call-button') {
  const logged: string[] = [];
  const stats = createStats();
  const link = new Link({
    mqttUrl: broker.url,
    device: { id, secret: 'secret', profile, placement: 'worn' },
    stats,
    log: (message) => void logged.push(message),
  });
  return { link, stats, logged };
}

const payloads = (broker: Broker) => broker.received.map(({ payload }) => payload);

describe('a link', () => {
  test('keeps what it is given before it is up, and sends it in order', async () => {
    await using broker = await startBroker();
    const { link, stats } = createLink(broker, 'a');
    const words = Array.from({ length: 100 }, (_, index) => String(index));
    const sent = words.map((word) => link.send('t', word));
    link.up();
    await Promise.all(sent);
    await link.close();
    expect(payloads(broker)).toEqual(words);
    expect(stats).toMatchObject({ sent: 100, acknowledged: 100, repeated: 0 });
  });

  test('says nothing on a frozen connection, which stays open, and says it all once thawed', async () => {
    await using broker = await startBroker();
    const [frozen, other] = [createLink(broker, 'frozen').link, createLink(broker, 'other').link];
    frozen.up();
    other.up();
    await Promise.all([frozen.send('t', 'before'), other.send('t', 'before')]);

    frozen.freeze();
    const during = frozen.send('t', 'during');
    for (let round = 0; round < 20; round += 1) await other.send('t', 'other');
    expect(payloads(broker)).not.toContain('during');
    expect(broker.connections()).toBe(2);

    frozen.thaw();
    await during;
    expect(payloads(broker)).toContain('during');
    await Promise.all([frozen.close(), other.close()]);
  });

  test('gives up what may be lost when the connection breaks, and nothing else', async () => {
    await using broker = await startBroker();
    const { link, stats } = createLink(broker, 'a');
    link.up();
    await link.send('t', 'first');
    link.freeze();
    const rubbish = link.send('t', 'rubbish', { mayBeLost: true });
    const event = link.send('t', 'event');
    link.thaw();
    await Promise.all([rubbish, event]);
    await link.close();
    expect(payloads(broker)).toEqual(['first', 'event']);
    expect(stats).toMatchObject({ sent: 3, acknowledged: 2, givenUp: 1 });
  });

  test('keeps what it has while it is down', async () => {
    await using broker = await startBroker();
    const { link } = createLink(broker, 'a');
    link.up();
    await link.send('t', 'first');
    link.down();
    const sent = link.send('t', 'second');
    expect(link.pending).toBe(1);
    link.up();
    await sent;
    expect(link.pending).toBe(0);
    await link.close();
  });

  test('leaves nobody waiting when it is closed', async () => {
    await using broker = await startBroker();
    const { link, stats } = createLink(broker, 'a');
    const sent = link.send('t', 'never');
    await link.close();
    await Promise.all([sent, link.whenIdle(), link.send('t', 'after')]);
    expect(stats).toMatchObject({ acknowledged: 0, givenUp: 1 });
    expect(payloads(broker)).toEqual([]);
  });

  test('shows the wearer that help is on its way, once however often it is told', async () => {
    await using broker = await startBroker();
    const { link, stats, logged } = createLink(broker, 'a');
    link.up();
    await broker.whenSubscribed(commandsTopic('a'));
    const first = { command: 'reassure', id: 'one', at: '2026-11-22T02:00:00.000Z' };
    await broker.tell(commandsTopic('a'), JSON.stringify(first));
    await broker.tell(commandsTopic('a'), JSON.stringify(first));
    await broker.tell(commandsTopic('a'), 'something else');
    await broker.tell(commandsTopic('a'), JSON.stringify({ ...first, id: 'two' }));
    await expect.poll(() => stats.reassured).toBe(2);
    const shown = 'The wearer is told that help is on its way.';
    expect(logged).toEqual([shown, 'A command was not understood.', shown]);
    await link.close();
  });

  test('of a device that cannot show it does not ask to be told', async () => {
    await using broker = await startBroker();
    const { link } = createLink(broker, 'door', 'door-contact');
    link.up();
    await broker.whenSubscribed(errorsTopic('door'));
    expect(broker.subscribed()).toEqual([errorsTopic('door')]);
    await link.close();
  });
});
