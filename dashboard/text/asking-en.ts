import type { Span } from '../clock/span.ts';
import type { askingSv } from './asking-sv.ts';

const units = { s: 's', min: 'min', h: 'h', d: 'd' } as const;

export function span({ value, unit }: Span): string {
  return `${value} ${units[unit]}`;
}

/** English of whom an alert asks, and of what has happened to it. */
export const askingEn: typeof askingSv = {
  asked: {
    everyone: 'everybody on duty',
    coordinators: 'coordinators',
    technicians: 'technicians',
    unit: 'the unit',
    person: 'somebody',
    webhook: 'the alarm centre',
    me: 'you',
    now: (who) => `Asked now: ${who}`,
    label: 'Asked now',
    nobody: 'Nobody at present',
    declined: (names) => `Cannot come: ${names}`,
    declinedLabel: 'Cannot come',
    declinedMe: 'You have said that you cannot come',
    helpWanted: (name) => `${name} needs help`,
    helpWantedByMe: 'You have asked for help',
    helpers: (names) => `Helping: ${names}`,
    helpersLabel: 'Helping',
    answersLabel: 'Answers for the home',
  },
  next: {
    in: (time, what) => `in ${span(time)} ${what}`,
    now: (what) => `now ${what}`,
    ask: (who, isAgain) => {
      if (who === null) return 'the alert goes on';
      return isAgain ? `Vaka asks ${who} again` : `Vaka asks ${who}`;
    },
    return: 'the alert goes back to the queue',
    remind: (name) => (name === null ? 'you are reminded' : `${name} is reminded`),
    release: (who) => (who === null ? 'it is no longer held back' : `Vaka asks ${who}`),
  },
  held: {
    section: 'Held back',
    why: {
      silence: 'Silenced',
      pause: 'The home is paused',
      'staff-on-site': 'Staff are on site',
    },
    until: (why, clock) => `${why} until ${clock}. Nobody is asked meanwhile.`,
  },
  event: {
    raised: 'Alert raised',
    repeated: 'Raised again',
    escalated: 'Went on',
    notified: 'Reminded',
    delivered: 'Reached them',
    undelivered: 'Did not reach them',
    accepted: 'Took it',
    declined: 'Could not come',
    'taken-over': 'Took over',
    'handed-over': 'Handed over',
    'help-wanted': 'Asked for help',
    joined: 'Came to help',
    arrived: 'Arrived',
    returned: 'Went back to the queue',
    assigned: 'Another unit answers',
    cleared: 'What raised it is over',
    suppressed: 'Held back',
    inhibited: 'Waits for another alert',
    commented: 'Commented',
    resolved: 'Closed it',
  },
  channel: {
    screen: 'on a screen',
    push: 'as a notification',
    email: 'by e-mail',
    webhook: 'at the receiver',
    device: 'in the home',
  },
  other: { to: (name) => `to ${name}`, from: (name) => `from ${name}` },
  asks: (who) => `asked ${who}`,
  askedAgain: 'Asked again',
  reason: {
    unanswered: 'nobody answered',
    'pressed-again': 'it called again',
    worse: 'it got worse',
    reminder: 'the alert is not closed',
    'no-arrival': 'nobody arrived in time',
    'inhibitor-resolved': 'the other alert is resolved',
    uninhibited: 'no other alert holds it back',
    'nobody-reached': 'nobody could be reached',
    declined: 'those who were asked could not come',
    'help-wanted': 'more help is needed',
    'handed-back': 'it was given back',
    'hold-ended': 'it is no longer held back',
    silence: 'silenced',
    pause: 'the home is paused',
    'staff-on-site': 'staff are on site',
    plan: 'by the plan',
    'test-ended': 'test mode ended',
  },
};
