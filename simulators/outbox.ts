import type { Line } from './line.ts';
import type { Publish } from './misbehave.ts';

/**
 * What one home sends. Cut off, it keeps a backlog; back again, it sends that one by one, so that the home's events
 * arrive in the order in which they happened whichever device they come from.
 */
export class Outbox {
  readonly #links: ReadonlyMap<string, Line>;
  readonly #dead = new Set<string>();
  #backlog: Publish[] = [];
  #isUp = true;
  #flushing: Promise<void> | undefined;

  constructor(links: ReadonlyMap<string, Line>) {
    this.#links = links;
  }

  put(publish: Publish): void {
    if (this.#isUp && this.#flushing === undefined) void this.#send(publish);
    else this.#backlog.push(publish);
  }

  /** The device never connects again, once its last words are acknowledged. */
  async bury(deviceId: string): Promise<void> {
    const link = this.#links.get(deviceId);
    if (link === undefined || this.#dead.has(deviceId)) return;
    this.#dead.add(deviceId);
    await link.whenIdle();
    link.down();
  }

  setNetwork(isUp: boolean): void {
    this.#isUp = isUp;
    for (const [deviceId, link] of this.#links) {
      if (!isUp) link.down();
      else if (!this.#dead.has(deviceId) || link.pending > 0) link.up();
    }
    if (isUp && this.#backlog.length > 0) this.#flushing ??= this.#flush();
  }

  /** Goes back on the network, and resolves when all that was put in is acknowledged. */
  async drain(): Promise<void> {
    this.setNetwork(true);
    await this.#flushing;
    for (const link of this.#links.values()) {
      link.thaw();
      await link.whenIdle();
    }
  }

  async #flush(): Promise<void> {
    while (this.#isUp) {
      const next = this.#backlog.shift();
      if (next === undefined) break;
      await this.#send(next);
    }
    this.#flushing = undefined;
  }

  async #send({ deviceId, topic, payload, isEvent, retain }: Publish): Promise<void> {
    await this.#links.get(deviceId)?.send(topic, payload, { mayBeLost: !isEvent, retain });
  }
}
