/** Tells aedes to acknowledge a message, or with an error to close the connection without. */
export type Acknowledge = (error: Error | null) => void;

interface Pending {
  acknowledge: Acknowledge;
  outcome: 'waiting' | 'stored' | Error;
  next: Pending | null;
}

/** Acknowledges in the order of arrival, whatever the order in which messages get stored [MQTT-4.6.0-2]. */
export class AcknowledgementQueue {
  readonly #onSettled: () => void;
  #head: Pending | null = null;
  #tail: Pending | null = null;

  constructor(onSettled: () => void) {
    this.#onSettled = onSettled;
  }

  /** Takes the next place in the order. */
  add(storing: Promise<unknown>, acknowledge: Acknowledge): void {
    const pending: Pending = { acknowledge, outcome: 'waiting', next: null };
    if (this.#tail === null) this.#head = pending;
    else this.#tail.next = pending;
    this.#tail = pending;
    storing.then(
      () => this.#settle(pending, 'stored'),
      (cause: unknown) =>
        this.#settle(pending, new Error('The message was not stored.', { cause })),
    );
  }

  #settle(pending: Pending, outcome: 'stored' | Error): void {
    pending.outcome = outcome;
    let head = this.#head;
    while (head !== null && head.outcome !== 'waiting') {
      this.#head = head.next;
      if (head.next === null) this.#tail = null;
      head.acknowledge(head.outcome === 'stored' ? null : head.outcome);
      this.#onSettled();
      head = this.#head;
    }
  }
}
