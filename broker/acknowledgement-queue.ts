/** Tells aedes to acknowledge a message, or with an error to close the connection without. */
export type Acknowledge = (error: Error | null) => void;

/** A message's place in the order; settled when it is stored, or with the error that kept it from it. */
export interface Place {
  settle: (error: Error | null) => void;
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
  reserve(acknowledge: Acknowledge): Place {
    const pending = new Pending(this, acknowledge);
    if (this.#tail === null) this.#head = pending;
    else this.#tail.next = pending;
    this.#tail = pending;
    return pending;
  }

  /** Acknowledges from the front as far as everything is settled. */
  flush(): void {
    for (let head = this.#head; head !== null && head.isSettled; head = this.#head) {
      this.#head = head.next;
      if (head.next === null) this.#tail = null;
      head.acknowledge(head.error);
      this.#onSettled();
    }
  }
}

class Pending implements Place {
  readonly #queue: AcknowledgementQueue;
  readonly acknowledge: Acknowledge;
  isSettled = false;
  error: Error | null = null;
  next: Pending | null = null;

  constructor(queue: AcknowledgementQueue, acknowledge: Acknowledge) {
    this.#queue = queue;
    this.acknowledge = acknowledge;
  }

  settle(error: Error | null): void {
    this.isSettled = true;
    this.error = error;
    this.#queue.flush();
  }
}
