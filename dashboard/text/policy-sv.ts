import type { PersonChannel } from '../../gateway/protocol/duty/policy.ts';

/** Exactly; a minute and a half is 90 s, as people say it of alarms. */
function length(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  const parts = [
    [Math.floor(seconds / 3_600), 'tim'],
    [Math.floor((seconds % 3_600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** Swedish of who is asked, and who after them. */
export const policySv = {
  about:
    'Vem som frågas när ett larm går, och vem därefter. En ändring gäller larm som går efter att den sparats.',
  none: 'Ingen egen kedja än: standarden nedan gäller för allt. Skriv en egen där den behövs.',
  own: 'Egna kedjor',
  defaults: 'Standardkedjor',
  defaultsAbout: 'Gäller för allvarlighetsgrader som ingen egen kedja nämner.',
  noDefaults: 'Egna kedjor täcker alla allvarlighetsgrader.',
  add: 'Ny kedja',
  copy: 'Skriv en egen',
  copyOf: (title: string) => `Skriv en egen utifrån ${title}`,
  newTitle: 'Ny kedja',
  ownTitle: (severities: string) => `Egen kedja: ${severities}`,
  title: 'Namn',
  titleMissing: 'Skriv vad den heter.',
  severities: 'Allvarlighetsgrader',
  pickSeverity: 'Välj minst en.',
  scope: 'Gäller',
  scopes: {
    all: 'Hela kommunen',
    unit: 'När ett visst arbetslag svarar',
    homes: 'Vissa hem',
  },
  scopeUnit: (unit: string) => `när ${unit} svarar`,
  scopeHomes: (homes: string) => `för ${homes}`,
  scopeAll: 'i hela kommunen',
  pickUnit: 'Välj arbetslag.',
  timeline: (title: string) => `Så frågas: ${title}`,
  after: (time: string) => `efter ${time}`,
  repeats: (time: string) => `sedan igen var ${time}`,
  reaches: (count: number) => (count === 1 ? 'når 1 nu' : `når ${count} nu`),
  reachesNobody: 'når ingen nu: hoppas över genast',
  by: (channels: string) => `via ${channels}`,
  channels: {
    screen: 'skärm',
    push: 'notis',
    email: 'e-post',
  } satisfies Record<PersonChannel, string>,
  channelNames: {
    screen: 'Skärm',
    push: 'Notis i telefonen',
    email: 'E-post',
  } satisfies Record<PersonChannel, string>,
  targets: {
    'responsible-unit': 'de i tjänst i arbetslaget som svarar',
    unit: 'de i tjänst i ett annat arbetslag',
    everyone: 'alla i tjänst i kommunen',
    coordinators: 'samordnare med jour, annars alla samordnare',
    technicians: 'tekniker med jour, annars alla tekniker',
    people: 'namngivna personer',
    webhook: 'en webhook',
  },
  targetUnit: (name: string) => `de i tjänst i ${name}`,
  targetWebhook: (name: string) => `webhooken ${name}`,
  step: (number: number) => `Steg ${number}`,
  stepLine: (title: string, number: number, asked: string, channels: string, wait: string) =>
    `${title}, steg ${number}: ${asked}, via ${channels}, väntar ${wait}`,
  scopeLine: (title: string, scope: string) => `${title}: ${scope}`,
  asks: 'Frågar',
  addTarget: 'Fråga även',
  pickTarget: 'Välj minst en att fråga.',
  which: { unit: 'Vilket arbetslag', people: 'Vilka', webhook: 'Vilken webhook' },
  pickOne: 'Välj.',
  channelsLabel: 'Kanaler',
  pickChannel: 'Välj minst en kanal.',
  wait: 'Väntar på svar',
  waitUnits: { s: 'sekunder', m: 'minuter', h: 'timmar' },
  unit: 'Enhet',
  badWait: 'Skriv en tid mellan 10 sekunder och 24 timmar.',
  addStep: 'Lägg till steg',
  arrival: 'Minuter till framme',
  arrivalAbout: 'Har ingen kommit fram då frågas på nytt.',
  badArrival: 'Skriv mellan 1 och 4 320 minuter.',
  reminder: 'Minuter mellan påminnelser på plats',
  reminderAbout: 'Den som är framme påminns om att avsluta.',
  badReminder: 'Skriv mellan 5 och 1 440 minuter.',
  facts: (arrival: number, reminder: number) =>
    `Framme inom ${arrival} min, annars frågas på nytt. På plats påminns var ${reminder} min.`,
  length,
};
