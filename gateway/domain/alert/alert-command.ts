import type { Outcome } from '../../protocol/alert.ts';
import type { Clear, Raise } from '../home/call.ts';
import type { ChannelName } from '../notification/notification.ts';
import type { HoldReason, Inhibitor } from './alert-event.ts';

/** What may be asked of an alert; `at` is now, in epoch milliseconds, and `by` a user's id. */
export type AlertCommand = { at: number } & (
  | Raise
  | Clear
  | { type: 'tick' }
  | { type: 'seen'; by: string }
  | { type: 'told'; channel: ChannelName; to: string }
  | { type: 'untold'; channel: ChannelName; to: string; why: string }
  | { type: 'accept'; by: string; etaMinutes: number | null }
  | { type: 'decline'; by: string }
  | { type: 'take-over'; by: string; etaMinutes: number | null }
  | { type: 'hand-over'; by: string; to: string }
  | { type: 'give-back'; by: string }
  | { type: 'want-help'; by: string }
  | { type: 'arrive'; by: string }
  /** Staff have shown in the home itself that they are there. */
  | { type: 'arrive-in-person' }
  | { type: 'hold'; why: HoldReason; until: number }
  | { type: 'unhold' }
  /** Looks anew at who answers for it, whether it is still a test, and whether it is held back. */
  | { type: 'assign' }
  | { type: 'inhibit'; inhibitor: Inhibitor }
  | { type: 'release'; reason: 'inhibitor-resolved' | 'worse' | 'uninhibited' }
  | { type: 'comment'; by: string; text: string }
  | { type: 'resolve'; by: string; outcome: Outcome; note: string | null }
);

/** The command of one type. */
export type Command<T extends AlertCommand['type']> = Extract<AlertCommand, { type: T }>;
