import type { PlanWords } from './plan-sv.ts';

function length(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  const parts = [
    [Math.floor(seconds / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** English of who is asked, and who after them. */
export const policyEn: PlanWords['policy'] = {
  about: 'Who is asked when an alert is raised, and who after them. A change is for later alerts.',
  none: 'No policy of your own yet: the default below holds for everything. Write one where it is needed.',
  own: 'Your own',
  defaults: 'Default',
  defaultsAbout: 'Holds for severities that no policy of your own names.',
  noDefaults: 'Your own policies cover every severity.',
  add: 'New policy',
  copy: 'Write your own',
  copyOf: (title) => `Write your own from ${title}`,
  newTitle: 'New policy',
  ownTitle: (severities) => `Our own: ${severities}`,
  title: 'Name',
  titleMissing: 'Write what it is called.',
  severities: 'Severities',
  pickSeverity: 'Choose at least one.',
  scope: 'Holds',
  scopes: {
    all: 'In the whole municipality',
    unit: 'While a certain unit answers',
    homes: 'For certain homes',
  },
  scopeUnit: (unit) => `while ${unit} answers`,
  scopeHomes: (homes) => `for ${homes}`,
  scopeAll: 'in the whole municipality',
  pickUnit: 'Choose a unit.',
  timeline: (title) => `Who is asked: ${title}`,
  after: (time) => `after ${time}`,
  repeats: (time) => `then again every ${time}`,
  reaches: (count) => `reaches ${count} now`,
  reachesNobody: 'reaches nobody now: passed over at once',
  by: (channels) => `by ${channels}`,
  channels: { screen: 'screen', push: 'push', email: 'e-mail' },
  channelNames: { screen: 'Screen', push: 'Push to the phone', email: 'E-mail' },
  targets: {
    'responsible-unit': 'those on duty in the unit that answers',
    unit: 'those on duty in another unit',
    everyone: 'everybody on duty in the municipality',
    coordinators: 'coordinators on call, else all coordinators',
    technicians: 'technicians on call, else all technicians',
    people: 'named people',
    webhook: 'a webhook',
  },
  targetUnit: (name) => `those on duty in ${name}`,
  targetWebhook: (name) => `the webhook ${name}`,
  step: (number) => `Step ${number}`,
  stepLine: (title, number, asked, channels, wait) =>
    `${title}, step ${number}: ${asked}, by ${channels}, waits ${wait}`,
  scopeLine: (title, scope) => `${title}: ${scope}`,
  asks: 'Asks',
  addTarget: 'Ask also',
  pickTarget: 'Choose at least one to ask.',
  which: { unit: 'Which unit', people: 'Whom', webhook: 'Which webhook' },
  pickOne: 'Choose.',
  channelsLabel: 'Channels',
  pickChannel: 'Choose at least one channel.',
  wait: 'Waits for an answer',
  waitUnits: { s: 'seconds', m: 'minutes', h: 'hours' },
  unit: 'Unit',
  badWait: 'Write a time between 10 seconds and 24 hours.',
  addStep: 'Add a step',
  arrival: 'Minutes to arrival',
  arrivalAbout: 'If nobody has arrived by then, it is asked again.',
  badArrival: 'Write between 1 and 4,320 minutes.',
  reminder: 'Minutes between reminders on site',
  reminderAbout: 'Whoever is there is reminded to close.',
  badReminder: 'Write between 5 and 1,440 minutes.',
  facts: (arrival, reminder) =>
    `There within ${arrival} min, else asked again. On site, reminded every ${reminder} min.`,
  length,
};
