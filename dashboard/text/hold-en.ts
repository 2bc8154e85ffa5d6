import type { holdSv } from './hold-sv.ts';

/** English of what is held back by people: a pause, test mode and silences. */
export const holdEn: typeof holdSv = {
  title: 'Pause and test mode',
  none: 'Alerts work as usual.',
  kind: { pause: 'Paused', test: 'Test mode', silence: 'Silenced' },
  until: (kind, clock) => `${kind} until ${clock}`,
  by: (name, reason) => (reason === '' ? name : `${name}: ${reason}`),
  endsItself: 'Ends by itself then.',
  pause: {
    start: 'Pause the home',
    end: 'End the pause',
    about:
      'Alerts about activity and equipment are held back until the pause ends. The call button and smoke alert as usual.',
  },
  test: {
    start: 'Begin test mode',
    end: 'End test mode',
    about:
      'All alerts of the home go to the technician only, the call button too. See to it that whoever lives there gets help in another way.',
  },
  silence: {
    title: 'Silence alerts like this',
    submit: 'Silence',
    about: 'Alerts that match all of this ask nobody meanwhile. Emergencies are never silenced.',
    match: (rule, home) => (home === null ? `The rule “${rule}”` : `The rule “${rule}” in ${home}`),
    everywhere: 'In all homes, not only this one',
  },
  untilWhen: 'Until when',
  day: 'Day, such as 2026-10-25',
  badDay: 'Write a day such as 2026-10-25 and a time such as 07:15, in the future.',
  forDays: (clock, days) => `${clock}, ${days} ${days === 1 ? 'day' : 'days'}`,
};
