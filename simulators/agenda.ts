/** What is to come, soonest first; what is simultaneous keeps the order in which it was added. */
export class Agenda<Item extends { at: number }> {
  #items: Item[] = [];

  constructor(items: readonly Item[]) {
    this.add(items);
  }

  add(items: readonly Item[]): void {
    this.#items.push(...items);
    this.#items.sort((one, other) => one.at - other.at);
  }

  first(): Item | undefined {
    return this.#items[0];
  }

  shift(): Item | undefined {
    return this.#items.shift();
  }
}
