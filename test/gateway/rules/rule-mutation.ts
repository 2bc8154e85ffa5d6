import type { Hours } from '../../../gateway/protocol/rule/during.ts';
import type { ParameterKey } from '../../../gateway/protocol/rule/parameter.ts';
import type { Rule } from '../../../gateway/protocol/rule/rule.ts';
import { valueOf, withValue } from '../../../gateway/protocol/rule/setting.ts';

const second = 1_000;
const durations = ['for', 'count.within', 'absence.for', 'then.within'] as const;

type Changed = readonly [what: string, rule: Rule];

/** The rule with one thing changed by the least that matters, each as some case of its should notice. */
export function mutationsOf(rule: Rule): readonly Changed[] {
  return [
    ...durations.flatMap((key) => ofNumber(rule, key, second)),
    ...ofNumber(rule, 'count.times', 1),
    ...Object.entries(rule.parameters ?? {}).flatMap(([name, { min, max }]) =>
      ofNumber(rule, `parameters.${name}`, (max - min) / 20),
    ),
    ...ofHours(rule),
    ...ofChoices(rule),
    ...dropped.flatMap((field) => without(rule, field)),
    ...listed.flatMap((field) => withoutOne(rule, field)),
  ];
}

function ofNumber(rule: Rule, key: ParameterKey, step: number): readonly Changed[] {
  const value = valueOf(rule, key);
  if (value === null) return [];
  const less: Changed = [`${key} less`, withValue(rule, key, value - step)];
  // Within hours that are no longer, more is the same.
  if (rule.during !== undefined && value >= lengthOf(rule.during) && key !== 'for') return [less];
  return [less, [`${key} more`, withValue(rule, key, value + step)]];
}

function lengthOf({ from, to }: Hours): number {
  const length = Temporal.PlainTime.from(from).until(to).total('milliseconds');
  return length > 0 ? length : length + 86_400_000;
}

function ofHours(rule: Rule): readonly Changed[] {
  const { during } = rule;
  if (during === undefined) return [];
  return (['from', 'to'] as const).flatMap((edge) =>
    [-1, 1].map((minutes): Changed => {
      const clock = Temporal.PlainTime.from(during[edge]).add({ minutes });
      const moved = { ...during, [edge]: clock.toString({ smallestUnit: 'minute' }) };
      return [`${edge} by ${minutes} min`, { ...rule, during: moved }];
    }),
  );
}

function ofChoices(rule: Rule): readonly Changed[] {
  const { severity, per, clearedBy, leavesWhenCleared, absence } = rule;
  const changed: Changed[] = [
    ['severity', { ...rule, severity: severity === 'low' ? 'high' : 'low' }],
    ['per', { ...rule, per: per === 'home' ? 'device' : 'home' }],
  ];
  if (clearedBy !== undefined)
    changed.push(['leavesWhenCleared', { ...rule, leavesWhenCleared: !leavesWhenCleared }]);
  if (absence?.pausedWhenEmpty === true)
    changed.push(['not paused', { ...rule, absence: { ...absence, pausedWhenEmpty: false } }]);
  return changed;
}

const dropped = [
  'clearedBy',
  'unless',
  'appliesTo',
  'where',
  'during',
  'cooldown',
  'then',
] as const;

function without(rule: Rule, field: (typeof dropped)[number]): readonly Changed[] {
  const { [field]: one, ...rest } = rule;
  return one === undefined ? [] : [[`no ${field}`, rest]];
}

const listed = ['on', 'unless', 'clearedBy'] as const;

function withoutOne(rule: Rule, field: (typeof listed)[number]): readonly Changed[] {
  const all = rule[field] ?? [];
  if (all.length < 2) return [];
  return all.map((type) => {
    const others = all.filter((other) => other !== type);
    return [`${field} without ${type}`, { ...rule, [field]: others }];
  });
}
