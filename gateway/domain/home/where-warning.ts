import { type ASTNode, parse } from '@marcbachmann/cel-js';

import { eventTypes } from '../../protocol/catalogue.ts';
import { placements } from '../../protocol/placement.ts';
import { profiles } from '../../protocol/profile.ts';
import { residentFlags } from '../../protocol/resident-flag.ts';
import { childrenOf, type WhereProblem } from './where-grammar.ts';

interface Vocabulary {
  what: string;
  words: readonly string[];
}

/** What has one of few values, or none: a device may be placed nowhere. */
const vocabularies: Readonly<Record<string, Vocabulary>> = {
  'event.type': { what: 'type of event', words: eventTypes },
  'device.placement': { what: 'placement', words: Object.keys(placements) },
  'device.profile': { what: 'profile', words: Object.keys(profiles) },
  'resident.flags': { what: 'need of a resident', words: Object.keys(residentFlags) },
};

/**
 * Words in an expression that nothing is ever called, so that it never matches: whoever saves a rule must not; rules that
 * are in force go on, although a word may have been given up since. Empty for what cannot be read.
 */
export function warningsOf(expression: string): readonly WhereProblem[] {
  try {
    return warningsIn(parse(expression).ast);
  } catch {
    return [];
  }
}

function warningsIn(node: ASTNode): readonly WhereProblem[] {
  return [...warningsAt(node), ...childrenOf(node).flatMap(warningsIn)];
}

function warningsAt(node: ASTNode): readonly WhereProblem[] {
  if (node.op !== '==' && node.op !== '!=' && node.op !== 'in') return [];
  const [left, right] = node.args;
  return [...misspelt(left, right), ...misspelt(right, left)];
}

function misspelt(of: ASTNode, other: ASTNode): readonly WhereProblem[] {
  const vocabulary = vocabularyOf(of);
  if (vocabulary === null) return [];
  const { what, words } = vocabulary;
  const literals = other.op === 'list' ? other.args : [other];
  return literals.flatMap(({ op, args, start }) =>
    op === 'value' && typeof args === 'string' && args !== '' && !words.includes(args)
      ? [{ offset: start, message: `"${args}" is no ${what}: there are ${words.join(', ')}.` }]
      : [],
  );
}

function vocabularyOf(node: ASTNode): Vocabulary | null {
  if (node.op !== '.' || node.args[0].op !== 'id') return null;
  return vocabularies[`${node.args[0].args}.${node.args[1]}`] ?? null;
}
