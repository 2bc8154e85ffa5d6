import type { Finding } from '../../protocol/duty/plan.ts';
import type { Text } from '../../protocol/text.ts';

type Path = Finding['path'];

export function error(path: Path, sv: string, en: string): Finding {
  return { severity: 'error', path, text: { sv, en } };
}

export function warning(path: Path, sv: string, en: string): Finding {
  return { severity: 'warning', path, text: { sv, en } };
}

/** As names stand in a sentence: `A, B och C`. */
export function listed(names: readonly string[]): Text {
  const join = (word: string) =>
    names.length < 2
      ? names.join('')
      : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1) ?? ''}`;
  return { sv: join('och'), en: join('and') };
}
