import { duplexPair } from 'node:stream';

import packets from 'mqtt-packet';
import { expect, test } from 'vitest';

import { Gate } from '../../broker/gate.ts';
import { defaultLimits } from '../../broker/limits.ts';
import { TokenBucket } from '../../broker/token-bucket.ts';
import { connectPacket, publishPacket, until } from './front-door.ts';

const caller = { address: '', isEncrypted: true, certificate: () => null };
const unlimited = { perSecond: 1e9, burst: 1e9 };

/** A gate between a device's end of a connection and whoever reads here in place of aedes. */
async function openGate(limits: { maxInFlight: number }) {
  const [device, transport] = duplexPair();
  const nothing = () => {};
  const events = { refused: nothing, throttled: nothing, silent: nothing };
  const gate = new Gate(transport, caller, { ...defaultLimits, ...limits }, events);
  let passed = 0;
  gate.on('readable', () => {
    for (
      let bytes = gate.read() as Buffer | null;
      bytes !== null;
      bytes = gate.read() as Buffer | null
    ) {
      passed += bytes.length;
    }
  });
  device.write(packets.generate(connectPacket('d1')));
  await until(() => passed > 0);
  gate.open(new TokenBucket(unlimited, performance.now()));
  passed = 0;
  return { device, transport, gate, passed: () => passed };
}

const message = packets.generate(publishPacket('d1', 1));

test('leaves in the socket what is more than may be in flight', async () => {
  const { device, transport, passed } = await openGate({ maxInFlight: 2 });
  for (let count = 0; count < 10_000; count++) device.write(message);
  await until(() => passed() === 2 * message.length);
  expect(transport.isPaused()).toBe(true);
  expect(device.writableNeedDrain).toBe(true);
});

test('reads no more from a device that leaves its acknowledgements unread, until it reads', async () => {
  const { device, gate, passed } = await openGate({ maxInFlight: 1_000_000 });
  for (let count = 0; count < 30; count++) gate.write(Buffer.alloc(10_000));
  device.write(message);
  device.write(message);
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  expect(passed()).toBe(0);
  device.resume();
  await until(() => passed() === 2 * message.length);
  expect(gate.writableLength).toBe(0);
});
