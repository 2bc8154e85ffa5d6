import { createDice } from '../../simulators/dice.ts';

/** The server judges homes only ten seconds after its start; some lives must be long enough for that. */
const longLifeMs = 10_100;
const longLifeEvery = 7;

/** How long each life of the server lasts, in milliseconds; all of them together last `upForMs`. */
export function planKills(kills: number, upForMs: number, seed: string): readonly number[] {
  const dice = createDice(seed, 'kills');
  const isLong = (index: number) => index % longLifeEvery === longLifeEvery - 1;
  const shares = Array.from({ length: kills }, () => dice());
  const long = shares.filter((_, index) => isLong(index)).length * longLifeMs;
  const total = shares.reduce((sum, share) => sum + share, 0);
  const rest = Math.max(0, upForMs - long);
  return shares.map((share, index) => (isLong(index) ? longLifeMs : 0) + (share / total) * rest);
}
