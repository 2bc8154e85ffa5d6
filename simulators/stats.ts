/** What a run has done so far, counted in messages. */
export interface Stats {
  /** Handed over to be sent; each is sent until it is acknowledged. */
  sent: number;
  acknowledged: number;
  /** Not acknowledged and never will be: rubbish when the connection broke, anything when told to stop. */
  givenUp: number;
  /** Sent again because the connection broke before the acknowledgement. */
  repeated: number;
  /** What the gateway complained of on the devices' `errors` topics. */
  refused: number;
  connected: number;
  /** How often a wearer was told that help is on its way; the same told again is not counted. */
  reassured: number;
}

export function createStats(): Stats {
  return {
    sent: 0,
    acknowledged: 0,
    givenUp: 0,
    repeated: 0,
    refused: 0,
    connected: 0,
    reassured: 0,
  };
}

/** Takes a constant message, and what varies in fields. */
export type Log = (message: string, fields: Record<string, unknown>) => void;
