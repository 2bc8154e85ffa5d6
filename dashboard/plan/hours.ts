import { type Hours, weekdays } from '../../gateway/protocol/rule/during.ts';

/** None, and all seven, are every day. */
export function withDays({ from, to }: Hours, chosen: readonly string[]): Hours {
  const [first, ...others] = weekdays.filter((day) => chosen.includes(day));
  if (first === undefined || others.length === 6) return { from, to };
  return { from, to, days: [first, ...others] };
}
