import type { AlertBrief } from '../domain/notification/channel.ts';
import type { Severity } from '../protocol/alert.ts';
import type { Text } from '../protocol/text.ts';

const titles: Readonly<Record<Severity, Text>> = {
  emergency: { sv: 'Akut larm', en: 'Emergency alert' },
  high: { sv: 'Larm, hög prioritet', en: 'Alert, high priority' },
  medium: { sv: 'Larm, medelhög prioritet', en: 'Alert, medium priority' },
  low: { sv: 'Larm, låg prioritet', en: 'Alert, low priority' },
  technical: { sv: 'Tekniskt larm', en: 'Technical alert' },
};

/** How urgent it is, never what it is about: it stands on locked phones and in mailboxes. */
export function titleOf({ severity, isTest }: AlertBrief): Text {
  const { sv, en } = titles[severity];
  return isTest ? { sv: `Test: ${sv}`, en: `Test: ${en}` } : { sv, en };
}

/** The street without the house number and what follows it; null where nothing is left, or there is no home. */
export function streetOf({ homeLabel }: AlertBrief): string | null {
  const street = (homeLabel ?? '').replace(/[\s,.-]*\d.*$/su, '').trim();
  return street === '' ? null : street;
}

export function pathOf(alertId: string): string {
  return `/alerts/${encodeURIComponent(alertId)}`;
}
