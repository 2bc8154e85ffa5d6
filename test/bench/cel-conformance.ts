import { type ASTNode, parse } from '@marcbachmann/cel-js';

import { childrenOf, problemOfKind } from '../../gateway/domain/home/where-grammar.ts';
import { type Case, type Section, sections } from './cel-case.ts';
import { type Engine, expectedText } from './cel-engine.ts';

/** How one evaluator does with the cases of a section. */
export interface Tally {
  right: number;
  /** Refused or failed where there is an answer: whoever writes the expression is told. */
  refused: number;
  /** Another answer than the specification's, or one where there is none. */
  wrong: number;
}

export interface Conformance {
  section: string;
  cases: number;
  leftOut: number;
  /** Of each evaluator, in the order given. */
  tallies: readonly Tally[];
  /** The same of the cases alone that hold nothing a `where` may not. */
  admitted: readonly Tally[];
}

export function measureConformance(engines: readonly Engine[]): readonly Conformance[] {
  return sections().map((section) => ({
    section: section.name,
    cases: section.cases.length,
    leftOut: section.leftOut,
    tallies: engines.map((engine) => tally(engine, section.cases)),
    admitted: engines.map((engine) => tally(engine, section.cases.filter(isAdmitted))),
  }));
}

/** What cannot be read counts, since it may be refused for no better reason. */
function isAdmitted({ expression }: Case): boolean {
  try {
    return holdsOnlyAdmitted(parse(expression).ast);
  } catch {
    return true;
  }
}

function holdsOnlyAdmitted(node: ASTNode): boolean {
  return problemOfKind(node) === null && childrenOf(node).every(holdsOnlyAdmitted);
}

function tally(engine: Engine, cases: Section['cases']): Tally {
  const counted: Tally = { right: 0, refused: 0, wrong: 0 };
  for (const given of cases) counted[judge(engine, given)] += 1;
  return counted;
}

function judge(engine: Engine, given: Case): keyof Tally {
  try {
    const got = engine.run(given);
    return given.expected !== null && got === expectedText(given.expected) ? 'right' : 'wrong';
  } catch {
    return given.expected === null ? 'right' : 'refused';
  }
}
