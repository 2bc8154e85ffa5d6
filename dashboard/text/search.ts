/** Whether every word looked for is somewhere in what is known of a thing. */
export function matches(wanted: string, known: readonly string[]): boolean {
  const text = known.join(' ').toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
