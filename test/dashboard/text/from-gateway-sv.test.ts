import { expect, test } from 'vitest';

import { ApiError } from '../../../dashboard/api/api-error.ts';
import { explain } from '../../../dashboard/api/explain.ts';
import { en } from '../../../dashboard/text/en.ts';
import { sv } from '../../../dashboard/text/sv.ts';
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
