/** The known word that a misspelled one is most likely meant to be; null if none is near enough. */
export function suggest(word: string, known: readonly string[]): string | null {
  const asked = word.toLowerCase().slice(0, 64);
  let best: string | null = null;
  let least = Math.max(1, Math.floor(asked.length / 3));
  for (const one of known) {
    const distance = distanceOf(asked, one.toLowerCase());
    if (distance > least || (distance === least && best !== null)) continue;
    best = one;
    least = distance;
  }
  return best;
}

/** How many letters must be changed, added, removed or swapped with their neighbour (optimal string alignment). */
function distanceOf(a: string, b: string): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = rowOf(a, b, i, { before, last });
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

function rowOf(
  a: string,
  b: string,
  i: number,
  { before, last }: { before: readonly number[]; last: readonly number[] },
): readonly number[] {
  const row = [i];
  const at = (numbers: readonly number[], index: number) => numbers[index] ?? Infinity;
  for (let j = 1; j <= b.length; j += 1) {
    const isSame = a[i - 1] === b[j - 1];
    const isSwapped = i > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    const changed = at(last, j - 1) + (isSame ? 0 : 1);
    const swapped = isSwapped ? at(before, j - 2) + 1 : Infinity;
    row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, changed, swapped));
  }
  return row;
}
