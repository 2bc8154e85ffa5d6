import type { AedesPublishPacket } from 'aedes';
import { describe, expect, test } from 'vitest';

import type { BrokerNotice } from '../../broker/broker.ts';
import { defaultLimits } from '../../broker/limits.ts';
import { SessionStore } from '../../broker/session-store.ts';

const device = { id: 'd1' };
const commands = { topic: 'vaka/v1/d1/commands', qos: 1 as const };

function downlink(counter: number): AedesPublishPacket {
  return {
    cmd: 'publish',
    topic: commands.topic,
    payload: `${counter}`,
    qos: 1,
    retain: false,
    dup: false,
    brokerId: 'b',
    brokerCounter: counter,
  };
}

function createStore() {
  const time = { now: 0 };
  const notices: BrokerNotice[] = [];
  const limits = { ...defaultLimits, sessionExpiryMs: 1_000, downlinkExpiryMs: 100 };
  const store = new SessionStore(
    limits,
    () => time.now,
    (notice) => notices.push(notice),
  );
  return { store, time, notices };
}

describe('the session of a device', () => {
  test('is forgotten when it has been away for long, but not while it is connected', async () => {
    const { store, time } = createStore();
    await store.addSubscriptions(device, [commands]);
    time.now = 5_000;
    store.sweep((id) => id === 'd1');
    time.now = 5_999;
    store.sweep(() => false);
    expect(await store.subscriptionsByTopic(commands.topic)).toHaveLength(1);
    time.now = 6_000;
    store.sweep(() => false);
    expect(await store.subscriptionsByTopic(commands.topic)).toEqual([]);
  });

  test('loses its expired downlinks without anybody asking', async () => {
    const { store, time, notices } = createStore();
    await store.outgoingEnqueue({ clientId: 'd1' }, downlink(1));
    time.now = 100;
    store.sweep(() => false);
    expect(notices).toEqual([{ kind: 'downlink-dropped', deviceId: 'd1', reason: 'expired' }]);
  });

  test('gets one copy of a message that two of its filters match [MQTT-3.3.5-1]', async () => {
    const { store } = createStore();
    await store.addSubscriptions(device, [commands, { topic: 'vaka/v1/d1/#', qos: 1 }]);
    expect(await store.subscriptionsByTopic(commands.topic)).toHaveLength(1);
    expect(await store.subscriptionsByTopic('vaka/v1/d10/commands')).toEqual([]);
  });

  test('begins anew for a clean session [MQTT-3.1.2-6], save what is retained on its topics', async () => {
    const { store } = createStore();
    await store.addSubscriptions(device, [commands]);
    await store.outgoingEnqueue({ clientId: 'd1' }, downlink(1));
    store.session('d1').incoming.set(7, { digest: '', storing: Promise.resolve() });
    await store.storeRetained({ ...downlink(2), topic: 'vaka/v1/d1/config' });
    await store.cleanSubscriptions(device);
    expect(await store.subscriptionsByClient(device)).toEqual([]);
    expect(await store.outgoingStream(device).toArray()).toEqual([]);
    await expect(store.incomingGetPacket(device, { messageId: 7 })).rejects.toThrow(
      'no such packet',
    );
    expect(await store.createRetainedStreamCombi(['vaka/v1/d1/#']).toArray()).toHaveLength(1);
  });
});
