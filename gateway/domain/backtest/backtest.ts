import type { BacktestResult } from '../../protocol/rule/backtest.ts';
import type { Alert } from '../alert/alert.ts';
import { AppError } from '../errors.ts';
import {
  type History,
  type HomeHistory,
  type RealAlert,
  residentsOf,
  type Span,
} from '../history.ts';
import type { RuleSet } from '../home/rule-set.ts';
import type { Scope } from '../scope.ts';
import { type Change, compare, type Compared } from './difference.ts';
import { type Found, foundOf } from './found.ts';
import { openJudge, warmUpOf } from './judge-home.ts';
import type { Occurred } from './occurrence.ts';
import { matchReal, reallyWithinMs } from './outcome.ts';
import { type HomeReader, readHomes, type Told } from './read-homes.ts';
import { createTally, joinDays, type Tally } from './tally.ts';

/** Which rules hold in each of these homes. */
export type RulesOf = (homes: readonly HomeHistory[]) => Promise<ReadonlyMap<string, RuleSet>>;

export interface BacktestTerms {
  scope: Scope;
  /** All homes of the scope, if null. */
  homeIds: readonly string[] | null;
  span: Span;
  /** The municipality's. */
  timeZone: string;
  candidate: RulesOf;
  /** What to compare with, if anything. */
  current: RulesOf | null;
  operators: number;
  /** When an alert is taken to have been resolved; null for never. */
  handledAfterMs: number | null;
}

/** Nobody can work with rules that call more often; it also bounds what one home may take of memory. */
const mostAlertsPerHome = 250_000;

/**
 * What candidate rules would have given over stored events, and how that differs from what others would have. Each alert
 * is told to `occurred`, home by home.
 * @throws AppError `invalid` when the rules raise so many alerts that nothing can be learnt from them.
 */
export async function backtest(
  history: History,
  terms: BacktestTerms,
  { occurred, told }: { occurred: (occurrence: Occurred) => void; told: Told },
): Promise<Omit<BacktestResult, 'tookMs'>> {
  const { scope, span } = terms;
  const homes = await history.homes(scope, terms.homeIds);
  const candidate = await terms.candidate(homes);
  const currentRules = (await terms.current?.(homes)) ?? null;
  const sets = new Set([...candidate.values(), ...(currentRules?.values() ?? [])]);
  const tally = createTally({ ...terms, severityOf: severityIn(candidate) });
  const currentTally =
    currentRules === null ? null : createTally({ ...terms, severityOf: severityIn(currentRules) });
  const warmUpMs = warmUpOf([...sets].flatMap(({ rules }) => rules));
  const difference = { added: 0, lost: 0, earlier: 0, later: 0, same: 0 };
  let residents = 0;
  let alerts = 0;

  function open(home: HomeHistory): HomeReader {
    const ours = openSide(home, terms, rulesOf(home, candidate), warmUpMs);
    const theirs =
      currentRules === null ? null : openSide(home, terms, rulesOf(home, currentRules), warmUpMs);
    return {
      take: (event) => {
        ours.take(event);
        theirs?.take(event);
      },
      alerts: () => alerts + ours.alerts(),
      end: async () => {
        const real = await history.alerts(scope, home.id, {
          from: span.from - reallyWithinMs,
          to: span.to + reallyWithinMs,
        });
        const found = ours.end();
        const current = theirs?.end() ?? null;
        const matched = add(tally, home, found, real);
        const currentMatched =
          current === null || currentTally === null ? null : add(currentTally, home, current, real);
        alerts += found.length;
        residents += residentsOf(home);
        for (const each of comparedOf(found, current)) {
          if (each.change !== null) difference[each.change] += 1;
          const alert = matched.get(each.found) ?? currentMatched?.get(each.found) ?? null;
          occurred({ ...each, home, alert });
        }
      },
    };
  }

  const reading = { from: span.from - warmUpMs, to: span.to };
  const counts = await readHomes(history, homes, reading, { open, told });
  return {
    ...span,
    ...counts,
    residents,
    homes: homes.length,
    summary: tally.summary(),
    current: currentTally?.summary() ?? null,
    rules: tally.rules(),
    currentRules: currentTally?.rules() ?? [],
    days: joinDays(tally, currentTally),
    difference: currentTally === null ? null : difference,
  };
}

function rulesOf({ id }: HomeHistory, rules: ReadonlyMap<string, RuleSet>): RuleSet {
  const found = rules.get(id);
  if (found === undefined) throw new Error('A home has no rules.');
  return found;
}

function severityIn(rules: ReadonlyMap<string, RuleSet>) {
  const severities = new Map(
    [...rules.values()].flatMap((set) => set.rules.map(({ id, severity }) => [id, severity])),
  );
  return (rule: string) => severities.get(rule);
}

function openSide(
  home: HomeHistory,
  { span, handledAfterMs }: BacktestTerms,
  rules: RuleSet,
  warmUpMs: number,
) {
  const byId = new Map<string, Found>();
  const changed = (alert: Alert) => {
    byId.set(alert.id, foundOf(alert));
    if (byId.size > mostAlertsPerHome) throw tooMany();
  };
  const judge = openJudge(home, { span, warmUpMs, rules, handledAfterMs, changed });
  return {
    take: judge.take,
    alerts: judge.alerts,
    end: (): readonly Found[] => {
      judge.end();
      return [...byId.values()];
    },
  };
}

function add(
  tally: Tally,
  home: HomeHistory,
  found: readonly Found[],
  real: readonly RealAlert[],
): ReadonlyMap<Found, RealAlert> {
  const matched = matchReal(found, real);
  tally.add({ timeZone: home.timeZone, residents: residentsOf(home) }, found, matched);
  return new Map(
    found.flatMap((each, index) => {
      const alert = matched[index] ?? null;
      return alert === null ? [] : [[each, alert]];
    }),
  );
}

function comparedOf(
  found: readonly Found[],
  current: readonly Found[] | null,
): readonly (Compared | { found: Found; change: Change | null; shiftMs: null })[] {
  if (current !== null) return compare(found, current);
  return found.map((each) => ({ found: each, change: null, shiftMs: null }));
}

function tooMany(): AppError {
  const most = new Intl.NumberFormat('en').format(mostAlertsPerHome);
  return new AppError(
    'invalid',
    `The rules raise more than ${most} alerts in one home. Make them call less, or choose a shorter time.`,
  );
}
