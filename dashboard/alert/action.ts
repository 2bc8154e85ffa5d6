import type { AlertView } from '../../gateway/protocol/alert.ts';
import type { Role } from '../../gateway/protocol/api.ts';
import { wantsReader } from './order.ts';

export type Action = 'accept' | 'arrive' | 'resolve' | 'join';

/** What is rarer, behind the menu. */
export type RareAction = 'decline' | 'takeOver' | 'needHelp' | 'giveBack';

/** An administrator looks after the equipment's accounts, not after alerts. */
export function mayAnswer(role: Role): boolean {
  return role !== 'administrator';
}

/** The one thing to press, for this reader; null when somebody else has it or it is over. */
export function primaryAction(alert: AlertView, readerId: string): Action | null {
  if (alert.state === 'firing') return 'accept';
  if (wantsReader(alert, readerId)) return 'join';
  if (alert.acceptedBy?.id !== readerId) return null;
  if (alert.state === 'accepted') return alert.queue === 'technical' ? 'resolve' : 'arrive';
  return alert.state === 'on-site' ? 'resolve' : null;
}

export function rareActions(alert: AlertView, readerId: string): RareAction[] {
  if (alert.state === 'resolved') return [];
  if (alert.state === 'firing') return hasDeclined(alert, readerId) ? [] : ['decline'];
  if (alert.acceptedBy?.id !== readerId) return ['takeOver'];
  const mayAskForHelp = alert.helpWantedAt === null && alert.queue !== 'technical';
  return mayAskForHelp ? ['needHelp', 'giveBack'] : ['giveBack'];
}

/** Whether the reader has said that they cannot come. */
export function hasDeclined(alert: AlertView, readerId: string): boolean {
  return alert.declinedBy.some(({ id }) => id === readerId);
}

/** Whether the reader may end it without having said that they came, as when a telephone call was enough. */
export function mayResolveEarly(alert: AlertView, readerId: string): boolean {
  return (
    alert.state !== 'resolved' &&
    (alert.acceptedBy === null || alert.acceptedBy.id === readerId) &&
    primaryAction(alert, readerId) !== 'resolve'
  );
}
