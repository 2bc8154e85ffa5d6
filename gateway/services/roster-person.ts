import { error } from '../domain/duty/finding.ts';
import type { Finding } from '../protocol/duty/plan.ts';

/** Somebody who can be planned. */
export interface Plannable {
  id: string;
  name: string;
  email: string;
}

export type Found = { ok: true; id: string } | { ok: false; finding: Finding };

/** Finds people of a municipality by e-mail or by name. */
export interface PersonFinder {
  /** Whose e-mail or name this is. */
  find: (text: string, path: Finding['path']) => Found;
  /** Those whose e-mail or whole name stands in a text. */
  namedIn: (text: string) => readonly string[];
}

function simple(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}

/** `Larsson, Eva` is Eva Larsson. */
function turned(name: string): string {
  const [last = '', first = '', ...more] = name.split(',').map((part) => part.trim());
  return first === '' || more.length > 0 ? name : `${first} ${last}`;
}

export function createPersonFinder(people: readonly Plannable[]): PersonFinder {
  const byEmail = new Map(people.map(({ id, email }) => [simple(email), id]));
  const byName = Map.groupBy(people, ({ name }) => simple(name));
  const known = people.map(({ id, name, email }) => ({ id, words: [simple(name), simple(email)] }));

  return {
    find: (text, path) => {
      const wanted = simple(text);
      const id = byEmail.get(wanted);
      if (id !== undefined) return { ok: true, id };
      const [person, ...others] = byName.get(wanted) ?? byName.get(turned(wanted)) ?? [];
      if (person === undefined) return { ok: false, finding: nobody(path, text) };
      if (others.length > 0) return { ok: false, finding: several(path, text) };
      return { ok: true, id: person.id };
    },
    namedIn: (text) => {
      const heard = simple(text);
      return known
        .filter(({ words }) => words.some((word) => word !== '' && heard.includes(word)))
        .map(({ id }) => id);
    },
  };
}

function nobody(path: Finding['path'], text: string): Finding {
  const shown = text.trim().slice(0, 80);
  if (shown === '')
    return error(
      path,
      'Det står inte vem som ska arbeta: skriv e-postadress eller namn.',
      'It does not say who is to work: write an e-mail address or a name.',
    );
  return error(
    path,
    `Ingen i kommunen heter ”${shown}” eller har den adressen: skriv e-postadressen till kontot.`,
    `Nobody in the municipality is called “${shown}” or has that address: write the e-mail address of the account.`,
  );
}

function several(path: Finding['path'], text: string): Finding {
  const shown = text.trim().slice(0, 80);
  return error(
    path,
    `Flera heter ”${shown}”: skriv e-postadressen i stället.`,
    `Several people are called “${shown}”: write the e-mail address instead.`,
  );
}
