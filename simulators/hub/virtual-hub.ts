import type { Dice } from '../dice.ts';
import type { Happening } from '../happening.ts';

/** What a hub's software publishes to the broker beside it. */
export interface HubMessage {
  /** The local topic, such as `zigbee2mqtt/bridge/state`. */
  topic: string;
  payload: string | Uint8Array;
  retain: boolean;
  qos: 0 | 1;
}

/** What comes over a hub from outside; `try` and `rest` are of a device that nobody has placed. */
export type Stimulus =
  | { kind: 'start' }
  /** Something happens to one of its devices. */
  | { kind: 'happening'; address: string; happening: Happening }
  /** Somebody presses, opens or wets the device to see whether it works, or closes it again. */
  | { kind: 'try'; address: string }
  /** It is left alone, as it should be when nobody tries it. */
  | { kind: 'rest'; address: string }
  /** It is taken out of the hub's network. */
  | { kind: 'leave'; address: string };

/** A hub without a network: the same state, time, dice and stimuli always give the same messages. */
export interface VirtualHub<State> {
  readonly initial: State;
  step: (
    state: State,
    at: number,
    dice: Dice,
    stimulus?: Stimulus,
  ) => { state: State; messages: readonly HubMessage[] };
  /** When it next speaks by itself; stepped before that, it says nothing. */
  dueAt: (state: State) => number;
}

export function published(
  topic: string,
  payload: object | string | Uint8Array,
  { retain = false, qos = 0 }: Partial<Pick<HubMessage, 'retain' | 'qos'>> = {},
): HubMessage {
  const isReady = typeof payload === 'string' || payload instanceof Uint8Array;
  return { topic, payload: isReady ? payload : JSON.stringify(payload), retain, qos };
}
