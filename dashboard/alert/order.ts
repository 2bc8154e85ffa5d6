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
  test: AlertView[];
  technical: AlertView[];
}

export function sectionsOf(alerts: Iterable<AlertView>, readerId: string): Sections {
  const sections: Sections = {
    unanswered: [],
    taken: [],
    inhibited: [],
    test: [],
    technical: [],
  };
  for (const alert of [...alerts].sort(compareAlerts)) {
    const section = sectionOf(alert);
    if (section !== null) sections[section].push(alert);
  }
  sections.technical.sort((a, b) => Number(isCalling(b)) - Number(isCalling(a)));
  sections.taken.sort((a, b) => Number(isOf(b, readerId)) - Number(isOf(a, readerId)));
  return sections;
}

/** Whether an alert asks for an answer at present. */
export function isCalling({ state, inhibitedBy }: AlertView): boolean {
  return state === 'firing' && inhibitedBy === null;
}

function isOf(alert: AlertView, readerId: string): boolean {
  return alert.acceptedBy?.id === readerId;
}

function sectionOf(alert: AlertView): keyof Sections | null {
  if (alert.state === 'resolved') return null;
  if (alert.queue === 'technical') return 'technical';
  if (alert.isTest) return 'test';
  if (alert.inhibitedBy !== null) return 'inhibited';
  return alert.state === 'firing' ? 'unanswered' : 'taken';
}
