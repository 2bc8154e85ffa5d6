/** Where a key leads among so many points, from one of them; null: the key is not for walking. */
export function walk(key: string, from: number, count: number): number | null {
  const far = Math.max(2, Math.round(count / 10));
  const steps: Record<string, number> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: far,
    PageDown: -far,
    Home: -count,
    End: count,
  };
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (step === undefined || count === 0) return null;
  return Math.min(count - 1, Math.max(0, from + step));
}
