import fc from 'fast-check';
import { expect, test } from 'vitest';

import { redact, redactExample } from '../../../gateway/domain/redact.ts';

const shown = (value: unknown) => redact(Buffer.from(JSON.stringify(value)));

test('keeps the shape, numbers, truth values and plain words of a message', () => {
  const message = { action: 'single_push', battery: 81, contact: false, list: [1, null] };
  expect(shown(message)).toBe(JSON.stringify(message));
});

test('hides texts that may tell who or where', () => {
  const said = { friendly_name: 'elsa', note: 'x', sub: 'Elsa Berg', lat: 63.8, gps: [1] };
  const text = shown({ ...said, location: { deep: 'home' }, 'Elsas säng': 1 });
  for (const secret of ['elsa', 'Berg', '63.8', 'Elsas']) expect(text).not.toContain(secret);
  expect(text).toContain('friendly_name');
});

test.each([
  { password: 'hunter2' },
  { wifi: { ssid: 'berghem', psk: 'kaffe123' } },
  { token: 'abc123', key: 'k1' },
  { pin: 1234 },
  { owner: 'elsa.berg' },
  { gps: [63.825, 20.263] },
  { id: '19121212-1212', other: '121212-1212' },
])('hides secrets, people and places that look like plain words or numbers: %j', (message) => {
  expect(shown(message).replaceAll(/"\w+":/g, '')).not.toMatch(/\w/);
});

test('tells only the length of what is no JSON', () => {
  expect(redact(Buffer.from('offline'))).toBe('offline');
  expect(redact(Buffer.from('Elsa fell at 02:14'))).toBe('(18 bytes)');
  expect(redact(new Uint8Array(0))).toBe('(0 bytes)');
});

test('never throws, is never long, and shows no text of more than a word', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.json().map((text) => Buffer.from(text)),
      ),
      (bytes) => {
        expect(redact(bytes).length).toBeLessThanOrEqual(1_001);
      },
    ),
  );
  fc.assert(
    fc.property(fc.string({ minLength: 25 }), (text) => {
      expect(shown({ value: text })).not.toContain(JSON.stringify(text));
    }),
  );
});

test.each([
  ['single_push', 'single_push'],
  ['ON', 'ON'],
  ['21.5', '21.5'],
  ['port 85', 'port 85'],
  ['{{ value_json.contact }}', '{{ value_json.contact }}'],
  ['{"percent":300,"name":"elsa"}', '{"percent":300,"name":"…"}'],
  ['', ''],
  ['Elsa', '…'],
  ['elsa fell', '…'],
  ['"elsa fell"', '"…"'],
])('shows of %j, which nobody understood, %j', (example, shownAs) => {
  expect(redactExample(example)).toBe(shownAs);
});
