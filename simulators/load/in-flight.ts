const messageIds = 65_535;

/** What is sent and not yet acknowledged on one connection: a ring over consecutive sequence numbers. */
export class InFlight {
  /** The oldest that is not acknowledged; equal to `next` when all are. */
  base = 0;
  next = 0;
  readonly #isOpen: Uint8Array;
  readonly #kinds: Uint8Array;
  readonly #sentAt: Float64Array;
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
    this.#isOpen = new Uint8Array(size);
    this.#kinds = new Uint8Array(size);
    this.#sentAt = new Float64Array(size);
  }

  get room(): number {
    return this.#size - (this.next - this.base);
  }

  /** Takes the next sequence number for an event of this kind. */
  open(kind: number, sentAt: number): number {
    const sequence = this.next;
    const slot = sequence % this.#size;
    this.#isOpen[slot] = 1;
    this.#kinds[slot] = kind;
    this.#sentAt[slot] = sentAt;
    this.next += 1;
    return sequence;
  }

  kindOf(sequence: number): number {
    return this.#kinds[sequence % this.#size] ?? 0;
  }

  sentAtOf(sequence: number): number {
    return this.#sentAt[sequence % this.#size] ?? 0;
  }

  isOpen(sequence: number): boolean {
    return this.#isOpen[sequence % this.#size] === 1;
  }

  messageIdOf(sequence: number): number {
    return (sequence % messageIds) + 1;
  }

  /** Which sequence number this message id acknowledges; null when it is none that is open. */
  close(messageId: number): number | null {
    const offset = (messageId - 1 - (this.base % messageIds) + messageIds) % messageIds;
    const sequence = this.base + offset;
    if (sequence >= this.next || !this.isOpen(sequence)) return null;
    this.#isOpen[sequence % this.#size] = 0;
    while (this.base < this.next && !this.isOpen(this.base)) this.base += 1;
    return sequence;
  }
}
