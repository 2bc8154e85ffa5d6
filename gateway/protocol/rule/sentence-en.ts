import { listWords } from './sentence-number.ts';
import { dayList, type Phrases } from './sentence-phrase.ts';

const worse = {
  emergency: 'an emergency',
  high: 'high severity',
  medium: 'medium severity',
  low: 'low severity',
  technical: 'a technical alert',
};

export const en: Phrases = {
  window: (hours, days, isNight) => {
    if (days === null) return `Between ${hours}: `;
    return isNight
      ? `On nights that begin on ${days}, between ${hours}: `
      : `On ${days}, between ${hours}: `;
  },
  hours: ({ from, to }) => `${from} and ${to}`,
  days: (days) => listWords(dayList(days, 'en'), 'and', 'en'),
  condition: (what) => `if ${what}`,
  raise: {
    emergency: 'raise an emergency',
    high: 'raise an alert of high severity',
    medium: 'raise an alert of medium severity',
    low: 'raise an alert of low severity',
    technical: 'raise a technical alert',
  },
  raiseAfter: (raise, wait) => `${raise} after ${wait}`,
  andNot: (what, wait) => `and ${what} within ${wait}`,
  times: (times, within) => `at least ${times} times within ${within}`,
  and: 'and',
  holds: (cel) => `the expression ${cel} is true`,
  exceptAt: (places) => `(but not ${places})`,
  silence: (what, length) => `${what} for ${length}`,
  noneOf: (place, length, what) => `none of this happens${place} for ${length} (${what})`,
  silentDevice: 'a device is not heard',
  silentHome: 'nothing is heard from the home',
  silentResident: 'nothing is heard that concerns the resident',
  longerThanAllowed: 'a device is silent for longer than its model allows',
  pausedWhenEmpty: 'Time in which the home is known to be empty does not count.',
  notSoFar: 'If it is already so when the time begins, it does not alert.',
  soFar: 'This also holds if it is already so when the time begins.',
  worsen: (what, wait, severity) =>
    `If after that ${what} within ${wait}, raise it to ${worse[severity]}.`,
  cleared: (what) => `It counts as over when ${what}`,
  heardAgain: 'something is heard again',
  leaves: 'and then the alert leaves by itself if nobody has taken it.',
  stays: 'but the alert stays until somebody closes it.',
  latched: 'The alert stays until somebody closes it.',
  per: {
    device: 'Each device has at most one such alert at a time.',
    home: 'The home has at most one such alert at a time.',
    resident: 'Each resident has at most one such alert at a time.',
  },
  cooldown: (length) => `The same thing does not alert again until after ${length}.`,
  inhibits: (rules) =>
    `While the alert is live, alerts in the same home are held back from ${rules}.`,
  appliesTo: (parts) => `Holds only for ${parts}.`,
  flags: (flags) => `homes where somebody has the flag ${flags}`,
  placements: (placements) => `devices placed at ${placements}`,
  profiles: (profiles) => `devices of the model ${profiles}`,
  ownValues: (parts) => `A home may have values of its own: ${parts}.`,
  range: (name, min, max) => `${name} from ${min} to ${max}`,
  action: (text) => `What to do on arrival: ${text}`,
  quote: (text) => `“${text}”`,
};
