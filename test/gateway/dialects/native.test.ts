import fc from 'fast-check';
import { expect, test } from 'vitest';

import { native } from '../../../gateway/dialects/native.ts';
import { eventTypes } from '../../../gateway/protocol/catalogue.ts';

function readBytes(payload: Uint8Array) {
  const said = { topic: 'events', payload, receivedAt: 0, timeZone: 'Europe/Stockholm' };
  return native.read(said, new Map());
}

function read(message: unknown) {
  return readBytes(Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)));
}

test('reads one event, or several in order', () => {
  const pressed = { id: 'a', type: 'help.pressed', time: '2026-11-22T02:13:00+01:00' };
  const reading = { id: 'a', type: 'help.pressed', time: Date.UTC(2026, 10, 22, 1, 13), data: {} };
  expect(read(pressed)).toEqual({ readings: [reading], refused: [] });
  const several = read([pressed, { ...pressed, id: 'b' }]);
  expect(several.readings.map(({ id }) => id)).toEqual(['a', 'b']);
});

test('keeps the good events of a message with a bad one, and says what is wrong', () => {
  const { readings, refused } = read([
    { id: 'a', type: 'temperature.measured', data: { celsius: '21' } },
    { id: 'b', type: 'motion.detected' },
    { type: 'motion.detected' },
  ]);
  expect(readings.map(({ id }) => id)).toEqual(['b']);
  expect(refused).toEqual([expect.stringContaining('celsius'), expect.stringContaining('id')]);
});

test('takes a call for help whose details are wrong', () => {
  const { readings, refused } = read({
    id: 'a',
    type: 'fall.detected',
    data: { confidence: 'high' },
  });
  expect(readings).toEqual([{ id: 'a', type: 'fall.detected', time: null, data: {} }]);
  expect(refused).toEqual([]);
});

test('takes a number for an id, rather than lose a call', () => {
  expect(read({ id: 17, type: 'help.pressed' }).readings[0]).toMatchObject({ id: '17' });
});

test('keeps what it has no word for', () => {
  expect(read({ id: 'a', type: 'curtain.drawn', data: { side: 'left' } }).readings).toEqual([
    { id: 'a', type: 'unknown', time: null, data: { side: 'left', originalType: 'curtain.drawn' } },
  ]);
});

test.for(['2026-11-22T02:13:00', '22/11/2026', 'yesterday', 1_795_000_000, null, {}])(
  'believes no time that is not plain: %s',
  (time) => {
    expect(read({ id: 'a', type: 'motion.detected', time }).readings[0]?.time).toBeNull();
  },
);

test.for([
  ['nothing', ''],
  ['noise', '\u0000\u0001garbage'],
  ['a number', '7'],
  ['what only the gateway reports', '{"id":"a","type":"device.disconnected"}'],
  [
    'too many at once',
    JSON.stringify(
      Array.from({ length: 101 }, (_, id) => ({ id: `${id}`, type: 'motion.detected' })),
    ),
  ],
])('refuses %s', ([, message]) => {
  const { readings, refused } = read(message);
  expect(readings).toEqual([]);
  expect(refused).toHaveLength(1);
});

test('refuses text that is not UTF-8, rather than guess at it', () => {
  const latin = Buffer.from('{"id":"ö","type":"motion.detected"}', 'latin1');
  expect(readBytes(latin).readings).toEqual([]);
});

test('reads JSON that begins with a byte order mark', () => {
  expect(read('\uFEFF{"id":"a","type":"motion.detected"}').readings).toHaveLength(1);
});

test('never throws, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(() => readBytes(bytes)).not.toThrow();
    }),
  );
});

test('never throws, whatever the JSON, and accounts for each event', () => {
  const wire = fc.record(
    {
      id: fc.oneof(fc.string(), fc.jsonValue()),
      type: fc.oneof(fc.constantFrom(...eventTypes), fc.string(), fc.jsonValue()),
      time: fc.jsonValue(),
      data: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(wire, fc.jsonValue()), { maxLength: 20 }), (events) => {
      const { readings, refused } = read(events);
      expect(readings.length + refused.length).toBe(events.length);
    }),
  );
});
