import { expect, test } from 'vitest';

import { ApiError } from '../../../dashboard/api/api-error.ts';
import { explain } from '../../../dashboard/api/explain.ts';
import { en } from '../../../dashboard/text/en.ts';
import { sv } from '../../../dashboard/text/sv.ts';
import { native } from '../../../gateway/dialects/native.ts';
import { AppError } from '../../../gateway/domain/errors.ts';
import { verifyPackage } from '../../../gateway/services/rule-package.ts';

/** What the gateway says of a signed file that somebody has changed. */
function saidOfChangedFile(): string {
  const municipality = { id: 'norr', name: 'Norr' };
  const content = { format: 'vaka-rules/1' as const, municipality, exportedAt: 0, rules: [] };
  try {
    verifyPackage({
      ...content,
      signature: { algorithm: 'Ed25519', publicKey: '', value: '' },
    });
  } catch (error) {
    if (error instanceof AppError) return error.message;
  }
  return '';
}

test('what the gateway refuses is told in the language of the reader', () => {
  const refused = new ApiError(400, saidOfChangedFile());
  expect(explain(refused, sv)).toMatch(/^Reglerna är inte som när de signerades/);
  expect(explain(refused, en)).toMatch(/^These rules are not as they were signed/);
});

test('what there are no words for is told as the gateway says it', () => {
  expect(sv.fromGateway('Something new.')).toBe('Something new.');
});

test('what a hub has lost is told with what to do, in the language of the reader, and all else that is gone is not', () => {
  const lost = new ApiError(404, 'The hub has found no such device: make it say something.');
  expect(explain(lost, sv)).toMatch(/^Hemnoden hittar den inte längre: få utrustningen att/);
  expect(explain(lost, en)).toMatch(/make it say something/);
  expect(explain(new ApiError(404, 'There is no such device.'), sv)).toBe(sv.gone);
  expect(explain(new ApiError(403, 'The hub has found no such device: x'), sv)).toBe(sv.forbidden);
});

test('whatever a native message is refused for is told in Swedish', () => {
  const said = [
    '',
    'hej{',
    JSON.stringify(Array.from({ length: 101 }, () => ({}))),
    '{}',
    '{"id":"1","type":"alert.raised"}',
    '{"id":"1","type":"battery.measured","data":{"percent":"many"}}',
  ];
  for (const text of said) {
    const message = { topic: 'events', payload: Buffer.from(text), receivedAt: 0, timeZone: 'UTC' };
    for (const reason of native.read(message, new Map()).refused) {
      expect(sv.fromGateway(reason)).not.toBe(reason);
    }
  }
});

test('the number of what went wrong is kept', () => {
  const said = 'Something went wrong here. Say this number to whoever runs it: 4711';
  expect(sv.fromGateway(said)).toMatch(/^Något gick fel i Vaka\. .*: 4711$/);
});
