import { createDice } from '../../simulators/dice.ts';

/** The server judges homes only ten seconds after its start; some lives must be long enough for that. */
const longLifeMs = 10_100;
const longLifeEvery = 7;
/** Until then the devices have only just come back. */
const shortestLifeMs = 500;

/** How long each life of the server lasts, in milliseconds; all of them together last `upForMs`. */
export function planKills(kills: number, upForMs: number, seed: string): readonly number[] {
  const dice = createDice(seed, 'kills');
  const isLong = (index: number) => index % longLifeEvery === longLifeEvery - 1;
  const shares = Array.from({ length: kills }, () => dice());
  const least = shares.map((_, index) => (isLong(index) ? longLifeMs : shortestLifeMs));
  const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);
  const rest = Math.max(0, upForMs - sum(least));
  return least.map((ms, index) => ms + ((shares[index] ?? 0) / sum(shares)) * rest);
}
