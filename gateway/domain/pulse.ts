/** The gateway's own sign of life, kept so that it knows after a start how long it was away. */
export interface Pulse {
  /** When the gateway last swept; null before the first time. */
  last: () => Promise<number | null>;
  beat: (at: number) => Promise<void>;
}
