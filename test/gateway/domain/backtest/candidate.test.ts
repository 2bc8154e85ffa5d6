import { describe, expect, test } from 'vitest';

import {
  noRules,
  readCandidates,
  withCandidates,
} from '../../../../gateway/domain/backtest/candidate.ts';
import type { HomeHistory } from '../../../../gateway/domain/history.ts';
import type { RulesInForce } from '../../../../gateway/domain/rulebook.ts';
import { rulesOf } from '../../../../gateway/services/rules-of.ts';

const text = (id: string, more = '') =>
  `id: ${id}\ntitle: { sv: a, en: a }\nseverity: high\non: door.opened\n${more}`;

const terms = { municipalityId: 'norr', at: 0 };

function inForce(...sources: string[]): RulesInForce {
  const rules = sources.flatMap((source) => readCandidates(source));
  return withCandidates(noRules, rules, { ...terms, alone: true });
}

const homes = ['home-1', 'home-2'].map((id) => ({ id, municipalityId: 'norr' }) as HomeHistory);

/** `id version for` of each rule that holds in each home. */
async function held(rules: RulesInForce): Promise<string[][]> {
  const sets = await rulesOf(rules)(homes);
  return homes.map(({ id }) =>
    (sets.get(id)?.rules ?? []).map((rule) => `${rule.id} ${rule.version} ${rule.for ?? '-'}`),
  );
}

describe('a candidate', () => {
  test('takes the place of the rule of the same id, as its next version', async () => {
    const now = inForce(text('door', 'for: 2m'), text('other'));
    const tried = withCandidates(now, readCandidates(text('door', 'for: 5m')), {
      ...terms,
      alone: false,
    });
    expect((await held(tried))[0]).toEqual(['door 2 300000', 'other 1 -']);
    expect((await held(now))[0]).toEqual(['door 1 120000', 'other 1 -']);
  });

  test('is tried alone when asked for', async () => {
    const now = inForce(text('door'), text('other'));
    const tried = withCandidates(now, readCandidates(text('new')), { ...terms, alone: true });
    expect((await held(tried))[0]).toEqual(['new 1 -']);
  });

  test('holds with what a home has of its own, where that still fits', async () => {
    const override = { authorId: 'karin', at: 0, reason: 'Somebody walks slowly.' };
    const now: RulesInForce = {
      ...inForce(text('door', 'for: 2m')),
      overrides: [
        {
          seq: 1,
          municipalityId: 'norr',
          homeId: 'home-2',
          ruleId: 'door',
          override: { values: { for: '9m' } },
          ...override,
        },
      ],
    };
    const longer = readCandidates(text('door', 'for: 5m'));
    expect(await held(withCandidates(now, longer, { ...terms, alone: false }))).toEqual([
      ['door 2 300000'],
      ['door 2 540000'],
    ]);
    const atOnce = readCandidates(text('door'));
    expect(await held(withCandidates(now, atOnce, { ...terms, alone: false }))).toEqual([
      ['door 2 -'],
      ['door 2 -'],
    ]);
  });

  test('that is wrong is refused with its place and the mend', () => {
    expect(() => readCandidates(text('door', 'untill: 5m'))).toThrow(/line 5, column 1.*untill/s);
    expect(() => readCandidates(text('door', 'where: device.nowhere == 1'))).toThrow(/where/);
  });
});
