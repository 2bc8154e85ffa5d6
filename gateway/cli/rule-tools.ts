import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { AppError } from '../domain/errors.ts';
import type { RuleDesk, RuleEditor } from '../domain/rule-desk.ts';
import type { Store } from '../domain/store.ts';
import { readRules, type RuleProblem } from '../protocol/rule/read-rule.ts';
import type { Rule } from '../protocol/rule/rule.ts';
import { createRuleDesk } from '../services/rule-desk.ts';
import { readTemplates } from '../store/template-file.ts';
import { type CommandContext, withTools } from './context.ts';

/** Whose rules, and who works with them. */
export interface RuleCommand {
  municipality: string;
  /** The e-mail address of a coordinator; nobody by name, if left out. */
  author?: string;
}

export interface RuleTools {
  desk: RuleDesk;
  editor: RuleEditor;
  /** The newest version of a rule; null if there is none. */
  newest: (id: string) => Promise<number | null>;
}

/** Opens the desk of a municipality for one piece of work, also beside a running server. */
export function withDesk<T>(
  context: CommandContext,
  { municipality, author }: RuleCommand,
  work: (tools: RuleTools) => Promise<T>,
): Promise<T> {
  return withTools(context, async ({ store }) => {
    if ((await store.registry.municipality(municipality)) === null)
      throw new AppError('not-found', `There is no municipality "${municipality}".`);
    const desk = createRuleDesk({
      store,
      clock: Date.now,
      newId: randomUUID,
      templates: readTemplates,
      changed: () => {},
    });
    const editor = await editorOf(store, municipality, author);
    const newest = async (id: string) => {
      const { items } = await desk.list(editor);
      return items.find((rule) => rule.id === id)?.version ?? null;
    };
    return work({ desk, editor, newest });
  });
}

async function editorOf(
  store: Store,
  municipalityId: string,
  author: string | undefined,
): Promise<RuleEditor> {
  if (author === undefined)
    return { userId: null, municipalityId, role: 'coordinator', units: 'all' };
  const found = await store.accounts.passwordOf(author.trim().toLowerCase());
  const account = found === null ? null : await store.accounts.account(found.userId);
  if (account?.scope.municipalityId !== municipalityId)
    throw new AppError('not-found', `Nobody signs in as "${author}" in "${municipalityId}".`);
  return account.scope;
}

/** Prints problems as compilers do, so that editors can jump to them. */
export function lineOf(file: string, { line, column, path, message }: RuleProblem): string {
  return `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}\n`;
}

export function readText(file: string): Promise<string> {
  return readFile(file, 'utf8');
}

/** The rules of the templates, for those who write more. */
export async function readLibraryRules(): Promise<readonly Rule[]> {
  return (await readTemplates()).flatMap(({ source }) => {
    const read = readRules(source);
    return read.ok ? read.rules.map(({ rule }) => rule) : [];
  });
}
