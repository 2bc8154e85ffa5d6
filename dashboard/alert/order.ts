import { severities, type AlertView } from '../../gateway/protocol/alert.ts';

/** Most severe first, and the one that has waited longest first within a severity. */
export function compareAlerts(a: AlertView, b: AlertView): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    a.since - b.since ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  );
}

/** The board's parts; every live alert is in exactly one. Of those taken, the reader's own come first. */
export interface Sections {
  unanswered: AlertView[];
  taken: AlertView[];
  /** Those that wait for another alert: they ask nobody. */
  inhibited: AlertView[];
  /** Those that are silenced, or of a home that is paused or where staff are. */
  held: AlertView[];
  test: AlertView[];
  /** Alerts about the service itself, of no home. */
  service: AlertView[];
  technical: AlertView[];
}

export function sectionsOf(alerts: Iterable<AlertView>, readerId: string): Sections {
  const sections: Sections = {
    unanswered: [],
    taken: [],
    inhibited: [],
    held: [],
    test: [],
    service: [],
    technical: [],
  };
  for (const alert of [...alerts].sort(compareAlerts)) {
    const section = sectionOf(alert);
    if (section !== null) sections[section].push(alert);
  }
  for (const queue of [sections.technical, sections.service, sections.test])
    queue.sort((a, b) => Number(isCalling(b)) - Number(isCalling(a)));
  sections.taken.sort((a, b) => rankOfTaken(a, readerId) - rankOfTaken(b, readerId));
  return sections;
}

/** Whether an alert asks for an answer at present. */
export function isCalling({ state, inhibitedBy, held }: AlertView): boolean {
  return state === 'firing' && inhibitedBy === null && held === null;
}

/** Whether whoever has it wants more people, and the reader is not among those who came. */
export function wantsReader(alert: AlertView, readerId: string): boolean {
  return (
    alert.helpWantedAt !== null &&
    (alert.state === 'accepted' || alert.state === 'on-site') &&
    alert.acceptedBy?.id !== readerId &&
    !alert.helpers.some(({ id }) => id === readerId)
  );
}

/** Whether an alert asks this reader, who has not said that they cannot come: for an answer, or as the first to help. */
export function callsReader(alert: AlertView, readerId: string): boolean {
  if (alert.declinedBy.some(({ id }) => id === readerId)) return false;
  return isCalling(alert) || (wantsReader(alert, readerId) && alert.helpers.length === 0);
}

function rankOfTaken(alert: AlertView, readerId: string): number {
  if (wantsReader(alert, readerId)) return 0;
  const isOwn =
    alert.acceptedBy?.id === readerId || alert.helpers.some(({ id }) => id === readerId);
  return isOwn ? 1 : 2;
}

function sectionOf(alert: AlertView): keyof Sections | null {
  if (alert.state === 'resolved') return null;
  if (alert.isTest || alert.queue === 'test') return 'test';
  if (alert.queue === 'technical') return alert.home === null ? 'service' : 'technical';
  if (alert.inhibitedBy !== null) return 'inhibited';
  if (alert.state !== 'firing') return 'taken';
  return alert.held === null ? 'unanswered' : 'held';
}
