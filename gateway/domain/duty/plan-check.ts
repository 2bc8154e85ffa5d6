import type { Finding, Plan, PlanException, PlanLine } from '../../protocol/duty/plan.ts';
import { wallInstant } from '../home/wall-clock.ts';
import type { Arrangements, UnitFile } from './arrangement.ts';
import { error, listed, warning } from './finding.ts';
import { coverLines } from './line-cover.ts';
import { membersOf } from './reach.ts';
import { mayAnswer } from './responsibility.ts';

/** A plan that somebody is about to put in force, and what it is about. */
export interface PlanSubject {
  arrangements: Arrangements;
  municipalityId: string;
  timeZone: string;
  homes: readonly { id: string; label: string; unitId: string }[];
  plan: Plan;
  /** Now. */
  at: number;
}

type Entry = PlanLine | PlanException;
type Path = readonly [list: 'lines' | 'exceptions', index: number];

/** What will not work in a plan, and what one should know before it holds. */
export function checkPlan(subject: PlanSubject): Finding[] {
  const { lines, exceptions } = subject.plan;
  const known: Known = {
    homeIds: new Set(subject.homes.map(({ id }) => id)),
    unitsWithHomes: new Set(subject.homes.map(({ unitId }) => unitId)),
  };
  const { neverWinning, unansweredUnits } = coverLines(lines, subject.homes);
  return [
    ...lines.flatMap((line, index) => checkEntry(subject, known, line, ['lines', index])),
    ...exceptions.flatMap((entry, index) =>
      checkEntry(subject, known, entry, ['exceptions', index]),
    ),
    ...checkTimes(subject),
    ...neverWinning.map((index) =>
      warning(
        ['lines', index],
        'Raden gäller aldrig: andra rader går alltid före för de här hemmen.',
        'This line never holds: others always win for these homes.',
      ),
    ),
    ...checkOwnUnits(subject, unansweredUnits),
  ];
}

/** Read once for all entries. */
interface Known {
  homeIds: ReadonlySet<string>;
  unitsWithHomes: ReadonlySet<string>;
}

function checkEntry(subject: PlanSubject, known: Known, entry: Entry, path: Path): Finding[] {
  return [...checkUnit(subject, entry.unitId, path), ...checkHomes(subject, known, entry, path)];
}

function checkUnit(subject: PlanSubject, unitId: string, path: Path): Finding[] {
  const { arrangements, municipalityId } = subject;
  const unit = arrangements.units.get(unitId);
  const at = [...path, 'unitId'];
  if (unit === undefined || !mayAnswer(arrangements, unitId, municipalityId)) {
    return [
      error(
        at,
        unit === undefined
          ? `Det finns inget arbetslag ”${unitId}”.`
          : `${unit.name} arbetar inte för den här kommunen; den kommun som laget hör till anger vilka det arbetar för.`,
        unit === undefined
          ? `There is no unit "${unitId}".`
          : `${unit.name} does not serve this municipality; the municipality it belongs to says whom it serves.`,
      ),
    ];
  }
  return whyNobodyCame(arrangements, unit).map((why) =>
    why.isCertain ? error(at, why.sv, why.en) : warning(at, why.sv, why.en),
  );
}

/** Why a unit reaches nobody, whatever the hour; empty if it may. */
function whyNobodyCame(
  arrangements: Arrangements,
  unit: UnitFile,
): { isCertain: boolean; sv: string; en: string }[] {
  if (unit.kind === 'alarm-centre') {
    if (unit.endpointId !== null && arrangements.endpoints.has(unit.endpointId)) return [];
    return [
      {
        isCertain: true,
        sv: `${unit.name} är en larmcentral utan någon webhook som är i bruk, så ingen där får veta något.`,
        en: `${unit.name} is an alarm centre without a webhook in use, so nobody there is told.`,
      },
    ];
  }
  if (membersOf(arrangements, unit.id).length > 0) return [];
  return [
    {
      isCertain: false,
      sv: `Ingen vårdpersonal hör till ${unit.name}, så larmen går vidare till nästa steg direkt.`,
      en: `No carers belong to ${unit.name}, so alerts go on to the next step at once.`,
    },
  ];
}

function checkHomes(
  { arrangements, municipalityId }: PlanSubject,
  known: Known,
  entry: Entry,
  path: Path,
) {
  const findings: Finding[] = [];
  for (const [index, id] of (entry.homeIds ?? []).entries()) {
    if (known.homeIds.has(id)) continue;
    const at = [...path, 'homeIds', index];
    findings.push(error(at, `Det finns inget hem ”${id}” här.`, `There is no home "${id}" here.`));
  }
  const { ofUnit } = entry;
  if (ofUnit === undefined) return findings;
  const at = [...path, 'ofUnit'];
  const unit = arrangements.units.get(ofUnit);
  if (unit?.municipalityId !== municipalityId) {
    findings.push(
      error(
        at,
        `Kommunen har inget eget arbetslag ”${ofUnit}”.`,
        `The municipality has no unit "${ofUnit}" of its own.`,
      ),
    );
  } else if (entry.homeIds !== undefined) {
    findings.push(
      warning(
        at,
        'Hemmen är namngivna, så arbetslaget här betyder ingenting.',
        'The homes are named, so the unit here means nothing.',
      ),
    );
  } else if (!known.unitsWithHomes.has(ofUnit)) {
    findings.push(warning(at, `${unit.name} har inga hem.`, `${unit.name} has no homes.`));
  }
  return findings;
}

/** An exception, and the homes that it names as a set. */
type Meant = PlanException & { named: ReadonlySet<string> | null };

function checkTimes({ plan, homes, timeZone, at }: PlanSubject): Finding[] {
  const meant = plan.exceptions.map((entry): Meant => {
    const { homeIds } = entry;
    return { ...entry, named: homeIds === undefined ? null : new Set(homeIds) };
  });
  return meant.flatMap((own, index) => {
    const path = ['exceptions', index];
    if (wallInstant(own.to, timeZone, 'to') <= at) {
      return [warning(path, 'Undantaget är redan över.', 'This exception is over already.')];
    }
    const stronger = meant
      .slice(0, index)
      .findIndex(
        (other) =>
          other.unitId !== own.unitId &&
          other.from < own.to &&
          own.from < other.to &&
          isAboutSame(other, own, homes),
      );
    if (stronger < 0) return [];
    return [
      warning(
        path,
        `Överlappar undantag ${stronger + 1}, som går före så länge båda gäller.`,
        `Overlaps exception ${stronger + 1}, which wins while both hold.`,
      ),
    ];
  });
}

/** Whether two entries are as specific as each other, and some home is meant by both. */
function isAboutSame(a: Meant, b: Meant, homes: PlanSubject['homes']): boolean {
  if (a.named !== null && b.named !== null) return !a.named.isDisjointFrom(b.named);
  if (a.named !== null || b.named !== null) return false;
  return a.ofUnit === b.ofUnit && homes.length > 0;
}

/** Hours that no line names fall to the home's own unit: worth a word only where that one reaches nobody. */
function checkOwnUnits(
  { arrangements }: PlanSubject,
  unansweredUnits: readonly string[],
): Finding[] {
  const silent = unansweredUnits.flatMap((id) => {
    const unit = arrangements.units.get(id);
    return unit === undefined || whyNobodyCame(arrangements, unit).length > 0
      ? [unit?.name ?? id]
      : [];
  });
  if (silent.length === 0) return [];
  const { sv, en } = listed(silent);
  return [
    warning(
      ['lines'],
      `De timmar som ingen rad nämner faller på hemmens eget arbetslag, och ${sv} når ingen.`,
      `Hours that no line names fall to the homes' own unit, and ${en} reaches nobody.`,
    ),
  ];
}
