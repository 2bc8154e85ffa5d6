import type { AlertView, TimelineEntry } from '../../gateway/protocol/alert.ts';
import type { Span } from '../clock/span.ts';

const units = { s: 's', min: 'min', h: 'tim', d: 'dygn' } as const;

export function span({ value, unit }: Span): string {
  return `${value} ${units[unit]}`;
}

/** Swedish of whom an alert asks, and of what has happened to it. */
export const askingSv = {
  asked: {
    everyone: 'alla i tjänst',
    coordinators: 'samordnare',
    technicians: 'tekniker',
    unit: 'arbetslaget',
    person: 'någon',
    webhook: 'larmcentralen',
    me: 'du',
    now: (who: string) => `Frågas nu: ${who}`,
    label: 'Frågas nu',
    nobody: 'Ingen just nu',
    declined: (names: string) => `Kan inte: ${names}`,
    declinedLabel: 'Kan inte komma',
    declinedMe: 'Du har sagt att du inte kan',
    helpWanted: (name: string) => `${name} behöver hjälp`,
    helpWantedByMe: 'Du har bett om hjälp',
    helpers: (names: string) => `Hjälper till: ${names}`,
    helpersLabel: 'Hjälper till',
    answersLabel: 'Svarar för hemmet',
  },
  next: {
    in: (time: Span, what: string) => `om ${span(time)} ${what}`,
    now: (what: string) => `nu ${what}`,
    /** `who` is null when nobody can be reached then. */
    ask: (who: string | null, isAgain: boolean) => {
      if (who === null) return 'går larmet vidare';
      return isAgain ? `frågas ${who} igen` : `frågas ${who}`;
    },
    return: 'går larmet tillbaka till kön',
    /** Null is the reader. */
    remind: (name: string | null) => `påminns ${name ?? 'du'}`,
    release: (who: string | null) =>
      who === null ? 'hålls det inte längre tillbaka' : `frågas ${who}`,
  },
  held: {
    section: 'Hålls tillbaka',
    why: {
      silence: 'Tystat',
      pause: 'Hemmet är pausat',
      'staff-on-site': 'Personal är på plats',
    } satisfies Record<NonNullable<AlertView['held']>['why'], string>,
    until: (why: string, clock: string) => `${why} till ${clock}. Ingen frågas så länge.`,
  },
  event: {
    raised: 'Larmet gick',
    repeated: 'Larmade igen',
    escalated: 'Gick vidare',
    notified: 'Påmindes',
    delivered: 'Nådde fram',
    undelivered: 'Nådde inte fram',
    accepted: 'Tog det',
    declined: 'Kunde inte',
    'taken-over': 'Tog över',
    'handed-over': 'Lämnade över',
    'help-wanted': 'Bad om hjälp',
    joined: 'Kom och hjälpte',
    arrived: 'Kom fram',
    returned: 'Gick tillbaka till kön',
    assigned: 'Nytt arbetslag svarar',
    cleared: 'Det som larmade upphörde',
    suppressed: 'Hölls tillbaka',
    inhibited: 'Väntar på ett annat larm',
    commented: 'Kommenterade',
    resolved: 'Avslutade',
  } satisfies Record<TimelineEntry['type'], string>,
  channel: {
    screen: 'på skärm',
    push: 'som notis',
    email: 'med e-post',
    webhook: 'hos mottagaren',
    device: 'i hemmet',
  } satisfies Record<NonNullable<TimelineEntry['channel']>, string>,
  /** The other person of a change, in relation to who made it. */
  other: { to: (name: string) => `till ${name}`, from: (name: string) => `från ${name}` },
  asks: (who: string) => `frågade ${who}`,
  askedAgain: 'Frågades igen',
  reason: {
    unanswered: 'ingen svarade',
    'pressed-again': 'larmade igen',
    worse: 'läget blev värre',
    reminder: 'larmet är inte avslutat',
    'no-arrival': 'ingen kom fram i tid',
    'inhibitor-resolved': 'det andra larmet är avslutat',
    uninhibited: 'inget annat larm håller det tillbaka',
    'nobody-reached': 'ingen gick att nå',
    declined: 'de som frågades kunde inte',
    'help-wanted': 'mer hjälp behövs',
    'handed-back': 'lämnades tillbaka',
    'hold-ended': 'det hålls inte längre tillbaka',
    silence: 'tystat',
    pause: 'hemmet är pausat',
    'staff-on-site': 'personal är på plats',
    plan: 'enligt planen',
    'test-ended': 'testläget tog slut',
  } satisfies Record<NonNullable<TimelineEntry['reason']>, string>,
};
