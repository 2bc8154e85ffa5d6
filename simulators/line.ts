/** The way from a device or a hub to the gateway, with its own credentials. What it is given to send it sends in order. */
export interface Line {
  /** How many messages are not acknowledged yet. */
  readonly pending: number;
  /** Connects, now and whenever the connection is lost. */
  up: () => void;
  /** Vanishes from the network without a word, keeping what is not acknowledged. */
  down: () => void;
  /** Stops answering without closing, where there is a connection; nothing is sent or read until `thaw`. */
  freeze: () => void;
  thaw: () => void;
  /** Resolves when the message is acknowledged, or given up. */
  send: (topic: string, payload: string | Uint8Array, options?: SendOptions) => Promise<void>;
  /** Resolves when everything given to it is acknowledged, or given up. */
  whenIdle: () => Promise<void>;
  /** Says goodbye and closes, and gives up what is not acknowledged. */
  close: () => Promise<void>;
}

export interface SendOptions {
  /** It is given up when the connection breaks. */
  mayBeLost?: boolean;
  retain?: boolean;
}
