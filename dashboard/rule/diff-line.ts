import { diffLines } from 'diff';

interface DiffLine {
  text: string;
  change: 'added' | 'removed' | 'same';
}

/** What stands in one text and not in the other, line by line. */
export function linesOf(before: string, after: string): DiffLine[] {
  return diffLines(before, after).flatMap(({ value, added, removed }) => {
    const change = added ? 'added' : removed ? 'removed' : 'same';
    return value
      .replace(/\n$/, '')
      .split('\n')
      .map((text): DiffLine => ({ text, change }));
  });
}
