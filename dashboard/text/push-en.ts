import type { pushSv } from './push-sv.ts';

/** English of notifications on this device. */
export const pushEn: typeof pushSv = {
  heading: 'Notifications on this device',
  about:
    'With notifications an alert wakes you even when the screen is off or Vaka is closed. A locked screen shows only where it is, never who.',
  notAlone:
    'A notification is an addition. Silent mode, battery saving or poor coverage may delay it.',
  state: {
    on: 'Notifications are on.',
    off: 'Notifications are off.',
    denied:
      'The browser has been told no to notifications. Change it in the browser’s settings for this site, and reload the page.',
    unsupported: 'This browser cannot receive notifications. Try another browser.',
    install:
      'On an iPhone or iPad, first add Vaka to the home screen: press Share, choose “Add to Home Screen”, and open Vaka from there.',
    insecure:
      'Notifications need Vaka to be opened over https. Ask whoever runs the system for the right address.',
  },
  turnOn: 'Turn notifications on',
  turnOff: 'Turn notifications off',
  failed: 'Notifications could not be turned on. Try again in a while.',
  ended: 'They end when you sign out or change person.',
};
