/** A number in [0, 1), like `Math.random`, but thrown from a seed. */
export type Dice = () => number;

/** Spreads a text over 32 bits (FNV-1a). */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** A dice of its own for every name, so that one more device never changes what the others throw (mulberry32). */
export function createDice(...names: (string | number)[]): Dice {
  let state = hash(names.join('/'));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function between(dice: Dice, least: number, most: number): number {
  return least + dice() * (most - least);
}

export function wholeBetween(dice: Dice, least: number, most: number): number {
  return Math.min(most, Math.floor(between(dice, least, most + 1)));
}

/** One of the list; undefined only when the list is empty. */
export function pick<Item>(dice: Dice, list: readonly Item[]): Item | undefined {
  return list[Math.floor(dice() * list.length)];
}
