import { expect, test } from 'vitest';

import { inhibitionProblems } from '../../../gateway/domain/rule-warning.ts';
import { Rules } from '../../../gateway/protocol/rule/rule.ts';

function problemsOf(...rules: object[]) {
  const whole = rules.map((rule) => ({
    title: { sv: 'Regel', en: 'Rule' },
    severity: 'high',
    on: 'fall.detected',
    ...rule,
  }));
  return inhibitionProblems(Rules.parse(whole)).map(({ ruleId, message }) => [ruleId, message]);
}

test('a rule that holds back what is as severe, or less, is as it should be', () => {
  expect(
    problemsOf(
      { id: 'fall', inhibits: ['bed', 'door', 'battery'] },
      { id: 'bed' },
      { id: 'door', severity: 'low' },
      { id: 'battery', severity: 'technical' },
    ),
  ).toEqual([]);
});

test('warns of a rule that there is not', () => {
  expect(problemsOf({ id: 'fall', inhibits: ['bed-exit'] }, { id: 'bed' })).toEqual([
    ['fall', expect.stringContaining('"bed-exit", and there is no such rule')],
  ]);
});

test('warns of what is more severe than the inhibitor ever gets', () => {
  const smoke = { id: 'smoke', on: 'smoke.detected', severity: 'emergency' };
  expect(problemsOf({ id: 'fall', inhibits: ['smoke'] }, smoke)).toEqual([
    ['fall', expect.stringContaining('"smoke" is emergency and this rule high at the most')],
  ]);
  const then = { no: 'motion.detected', within: '60s', severity: 'emergency' };
  expect(problemsOf({ id: 'fall', inhibits: ['smoke'], then }, smoke)).toEqual([]);
});

test('warns of equipment that would hold back a person’s alert', () => {
  const hub = { id: 'hub', severity: 'technical', inhibits: ['fall', 'sensor'] };
  expect(problemsOf(hub, { id: 'fall' }, { id: 'sensor', severity: 'technical' })).toEqual([
    ['hub', expect.stringContaining('"fall" is about a person')],
  ]);
});
