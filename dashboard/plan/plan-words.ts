import type { Plan, PlanException, PlanLine } from '../../gateway/protocol/duty/plan.ts';
import type { PlanWords } from '../text/plan-sv.ts';
import { nameIn, type Names } from './names.ts';
import type { Entry } from './order.ts';
import { dateWords, hoursWords, type Told } from './when.ts';

const mostNamed = 3;

/** Names of homes, few of them. */
export function homeWords(ids: readonly string[], names: Names, words: PlanWords['plan']): string {
  const labels = ids.slice(0, mostNamed).map((id) => nameIn(names.homes, id));
  const said = labels.join(', ');
  return ids.length <= mostNamed ? said : words.andMore(said, ids.length - mostNamed);
}

/** Which homes an entry of a plan is about. */
export function whichWords({ homeIds, ofUnit }: Entry, names: Names, words: PlanWords['plan']) {
  if (homeIds !== undefined) return words.namedHomes(homeWords(homeIds, names, words));
  return ofUnit === undefined ? words.allHomes : words.homesOf(nameIn(names.units, ofUnit));
}

function unitWords(unitId: string, names: Names, words: PlanWords['plan']): string {
  return unitId === '' ? words.nobodyChosen : nameIn(names.units, unitId);
}

export function lineWords(line: PlanLine, names: Names, words: PlanWords['plan'], told: Told) {
  const unit = unitWords(line.unitId, names, words);
  return words.line(unit, whichWords(line, names, words), hoursWords(line.hours, told));
}

export function exceptionWords(
  exception: PlanException,
  names: Names,
  words: PlanWords['plan'],
  told: Told,
): string {
  const unit = unitWords(exception.unitId, names, words);
  const [from, to] = [exception.from, exception.to].map((wall) => wallWords(wall, told));
  return words.exception(unit, whichWords(exception, names, words), from ?? '', to ?? '');
}

/** `2026-12-24T15:00` as people say it; as it is while it is no time. */
export function wallWords(wall: string, { locale }: Told): string {
  const [date = '', time = ''] = wall.split('T');
  if (Number.isNaN(Date.parse(`${date}T00:00:00Z`))) return wall.replace('T', ' ');
  return `${dateWords(date, locale, 'short')} ${time}`;
}

/** A whole plan as sentences, to tell two of them apart. */
export function planSentences(
  plan: Plan,
  names: Names,
  words: PlanWords['plan'],
  told: Told,
): string[] {
  return [
    ...plan.exceptions.map((entry) => exceptionWords(entry, names, words, told)),
    ...plan.lines.map((entry) => lineWords(entry, names, words, told)),
  ];
}

/** What a group of homes is called: all, a unit's, some of a unit's, or their own names. */
export function groupWords(
  homeIds: readonly string[],
  names: Names,
  words: PlanWords['plan'],
): string {
  const of = names.homes.filter(({ id }) => homeIds.includes(id));
  if (homeIds.length === names.homes.length && homeIds.length > 0) return words.allHomes;
  const unitIds = new Set(of.map(({ unitId }) => unitId));
  const [unitId] = unitIds;
  if (unitIds.size !== 1 || unitId === undefined || of.length !== homeIds.length) {
    return homeWords(homeIds, names, words);
  }
  const all = names.homes.filter((home) => home.unitId === unitId).length;
  const unit = nameIn(names.units, unitId);
  if (all === homeIds.length) return words.homesOf(unit);
  if (homeIds.length <= mostNamed) return homeWords(homeIds, names, words);
  return words.homesOfSome(unit, homeIds.length);
}
