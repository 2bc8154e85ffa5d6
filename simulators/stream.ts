interface Timed {
  at: number;
}

/** One stream in order of time out of many that each are; what is simultaneous keeps the order of the list. */
export function* mergeByTime<Item extends Timed>(streams: Iterable<Item>[]): Generator<Item> {
  const heads = streams.map((stream) => {
    const iterator = stream[Symbol.iterator]();
    return { iterator, result: iterator.next() };
  });
  for (;;) {
    let first: { head: (typeof heads)[number]; item: Item } | undefined;
    for (const head of heads) {
      if (head.result.done === true) continue;
      const item = head.result.value;
      if (first === undefined || item.at < first.item.at) first = { head, item };
    }
    if (first === undefined) return;
    yield first.item;
    // Only now, so that a stream may heed what has become of what it gave.
    first.head.result = first.head.iterator.next();
  }
}
