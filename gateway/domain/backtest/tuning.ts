import type { TuningResult } from '../../protocol/rule/backtest.ts';
import { isDurationKey, type ParameterKey } from '../../protocol/rule/parameter.ts';
import type { Rule } from '../../protocol/rule/rule.ts';
import { boundsOf, valueOf, withValue } from '../../protocol/rule/setting.ts';
import type { Alert } from '../alert/alert.ts';
import { AppError } from '../errors.ts';
import { type History, type HomeHistory, residentsOf, type Span } from '../history.ts';
import { compileRules } from '../home/rule-set.ts';
import type { Scope } from '../scope.ts';
import { openJudge, warmUpOf } from './judge-home.ts';
import { readHomes, type Told } from './read-homes.ts';

const weekMs = 7 * 24 * 3_600_000;
/** How many values to try when nobody says which. */
const spread = 12;
/** How far from the value of now to look when the rule has no bounds. */
const unboundedFactor = 8;

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

export interface TuningTerms {
  scope: Scope;
  homeIds: readonly string[] | null;
  span: Span;
  rule: Rule & { version?: number };
  parameter: ParameterKey;
  values?: readonly number[] | undefined;
  handledAfterMs: number | null;
}

/**
 * What each value of one parameter would have given, the rule alone: what others hold back is not looked at. All values
 * are judged in one reading of the log. For `then.within` those alerts count that would have become worse.
 * @throws AppError `invalid` for a parameter that the rule does not have, or a value that it cannot have.
 */
export async function tune(
  history: History,
  terms: TuningTerms,
  told: Told,
): Promise<TuningResult> {
  const { scope, span, rule, parameter, handledAfterMs } = terms;
  const values = valuesFor(rule, parameter, terms.values);
  const candidates = values.map((value) => {
    const changed = withValue(rule, parameter, value);
    return { value, rule: changed, rules: compileRules([changed]), alerts: 0 };
  });
  const homes = await history.homes(scope, terms.homeIds);
  const warmUpMs = warmUpOf(candidates.map((candidate) => candidate.rule));
  const sum = () => candidates.reduce((total, { alerts }) => total + alerts, 0);

  function open(home: HomeHistory) {
    const judges = candidates.map((candidate) => {
      const worsened = new Set<string>();
      const changed = ({ id, severity }: Alert) => {
        if (severity === rule.then?.severity) worsened.add(id);
      };
      const { rules } = candidate;
      const judge = openJudge(home, { span, warmUpMs, rules, handledAfterMs, changed });
      // How long is waited for reassurance changes no alert, but which of them get worse.
      const count = parameter === 'then.within' ? () => worsened.size : judge.alerts;
      return { candidate, judge, count };
    });
    return {
      take: (event: Parameters<(typeof judges)[number]['judge']['take']>[0]) => {
        for (const { judge } of judges) judge.take(event);
      },
      alerts: sum,
      end: () => {
        for (const { candidate, judge, count } of judges) {
          judge.end();
          candidate.alerts += count();
        }
      },
    };
  }

  const reading = { from: span.from - warmUpMs, to: span.to };
  const { events } = await readHomes(history, homes, reading, { open, told });
  const residents = homes.reduce((total, home) => total + residentsOf(home), 0);
  const residentWeeks = (residents * (span.to - span.from)) / weekMs;
  return {
    parameter,
    value: valueOf(rule, parameter) ?? 0,
    bounds: boundsOf(rule, parameter),
    homes: homes.length,
    events,
    points: candidates.map(({ value, alerts }) => ({
      value,
      alerts,
      perResidentWeek: residentWeeks > 0 ? alerts / residentWeeks : 0,
    })),
  };
}

/** The values to try, rising; always with the one that the rule has. @throws AppError `invalid`. */
export function valuesFor(
  rule: Rule,
  parameter: ParameterKey,
  given?: readonly number[],
): readonly number[] {
  const value = valueOf(rule, parameter);
  if (value === null) throw new AppError('invalid', `The rule has no \`${parameter}\` to tune.`);
  const wanted = given ?? spreadOver(rule, parameter, value);
  for (const each of wanted) {
    if (!canBe(parameter, each))
      throw new AppError('invalid', `${each} cannot be \`${parameter}\`.`);
  }
  return [...new Set([...wanted, value])].sort((a, b) => a - b);
}

function canBe(parameter: ParameterKey, value: number): boolean {
  if (parameter === 'count.times') return Number.isInteger(value) && value >= 2 && value <= 100;
  if (isDurationKey(parameter)) return Number.isInteger(value) && value >= second;
  return Number.isFinite(value);
}

function spreadOver(rule: Rule, parameter: ParameterKey, value: number): readonly number[] {
  const bounds = boundsOf(rule, parameter);
  if (parameter === 'count.times') {
    const { min, max } = bounds ?? { min: 2, max: Math.max(12, 2 * value) };
    return steps(min, max, (max - min) / Math.min(spread - 1, max - min)).map(Math.round);
  }
  if (isDurationKey(parameter)) {
    const { min, max } = bounds ?? { min: value / unboundedFactor, max: value * unboundedFactor };
    // Between a minute and two lies as much as between an hour and two.
    const factor = (max / min) ** (1 / (spread - 1));
    const lengths = Array.from({ length: spread }, (_, index) => rounded(min * factor ** index));
    return [min, ...lengths.filter((length) => length > min && length < max), max];
  }
  const { min, max } = bounds ?? { min: value, max: value };
  return numbersBetween(min, max);
}

/** Numbers that people would choose, the ends included. */
function numbersBetween(min: number, max: number): number[] {
  if (min === max) return [min];
  const least = (max - min) / (spread - 1);
  const power = Math.floor(Math.log10(least));
  const digit = [1, 2, 5, 10].find((one) => one * 10 ** power >= least) ?? 10;
  // Tenths are divided by tens, not multiplied by 0.1, which no number is exactly.
  const [times, per] = power < 0 ? [digit, 10 ** -power] : [digit * 10 ** power, 1];
  const first = Math.ceil((min * per) / times);
  const last = Math.floor((max * per) / times);
  const between = Array.from({ length: last - first + 1 }, (_, i) => ((first + i) * times) / per);
  return [...new Set([min, ...between, max])];
}

function steps(min: number, max: number, step: number): number[] {
  if (!(step > 0)) return [min];
  const count = Math.round((max - min) / step) + 1;
  return Array.from({ length: count }, (_, index) => min + index * step);
}

/** A length of time that people would choose, to so fine a grain. */
const grains: readonly { below: number; grain: number }[] = [
  { below: 15 * second, grain: second },
  { below: minute, grain: 5 * second },
  { below: 10 * minute, grain: minute / 2 },
  { below: 4 * hour, grain: 5 * minute },
  { below: Infinity, grain: hour / 2 },
];

function rounded(ms: number): number {
  const grain = grains.find(({ below }) => ms < below)?.grain ?? second;
  return Math.max(grain, Math.round(ms / grain) * grain);
}
