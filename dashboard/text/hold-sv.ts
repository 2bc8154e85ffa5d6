import type { HoldKind } from '../../gateway/protocol/duty/hold.ts';

/** Swedish of what is held back by people: a pause, test mode and silences. */
export const holdSv = {
  title: 'Paus och testläge',
  none: 'Larmen går som vanligt.',
  kind: { pause: 'Pausat', test: 'Testläge', silence: 'Tystat' } satisfies Record<HoldKind, string>,
  until: (kind: string, clock: string) => `${kind} till ${clock}`,
  /** The reason is told only to those who may know how somebody is. */
  by: (name: string, reason: string) => (reason === '' ? name : `${name}: ${reason}`),
  endsItself: 'Upphör av sig självt då.',
  pause: {
    start: 'Pausa hemmet',
    end: 'Avsluta pausen',
    about:
      'Larm om aktivitet och teknik hålls tillbaka tills pausen är slut. Larmknapp och brand larmar som vanligt.',
  },
  test: {
    start: 'Börja testläge',
    end: 'Avsluta testläget',
    about:
      'Alla larm från hemmet går bara till tekniker, även larmknappen. Se till att den som bor där får hjälp på annat sätt.',
  },
  silence: {
    title: 'Tysta liknande larm',
    submit: 'Tysta',
    about: 'Larm som passar allt nedan frågar ingen under tiden. Akuta larm tystas aldrig.',
    match: (rule: string, home: string | null) =>
      home === null ? `Regeln ”${rule}”` : `Regeln ”${rule}” i ${home}`,
    everywhere: 'I alla hem, inte bara detta',
  },
  untilWhen: 'Till när',
  day: 'Dag, som 2026-10-25',
  badDay: 'Skriv en dag som 2026-10-25 och ett klockslag som 07:15, båda framåt i tiden.',
  forDays: (clock: string, days: number) => `${clock}, ${days} dygn`,
};
