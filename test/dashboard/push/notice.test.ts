import fc from 'fast-check';
import { expect, test } from 'vitest';

import { noticeOf, openPath } from '../../../dashboard/push/notice.ts';
import type { PushMessage } from '../../../gateway/protocol/duty/push.ts';

const message: PushMessage = {
  id: 'n1',
  title: { sv: 'Larm, Skogsgatan', en: 'Alert, Skogsgatan' },
  body: { sv: 'Akut. Tryck för att öppna.', en: 'Emergency. Press to open.' },
  path: '/alerts/a1',
  tag: 'a1',
  severity: 'emergency',
};

test('shows a push in the language of the dashboard, and leads to what it is about', () => {
  expect(noticeOf(message, 'en')).toMatchObject({
    title: 'Alert, Skogsgatan',
    options: { body: 'Emergency. Press to open.', tag: 'a1', requireInteraction: true },
  });
  expect(noticeOf(message, 'sv').title).toBe('Larm, Skogsgatan');
  expect(openPath(noticeOf(message, 'sv').options.data)).toBe('/alerts/a1');
});

test('always has something to show, whatever comes', () => {
  fc.assert(
    fc.property(fc.anything(), fc.option(fc.string()), (anything, language) => {
      const { title, options } = noticeOf(anything, language);
      expect(title).not.toBe('');
      expect(options.body).not.toBe('');
    }),
  );
});

test.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'alerts/a1', 7, null])(
  'never leads away from us, as by %o',
  (path) => {
    expect(openPath(noticeOf({ ...message, path }, 'sv').options.data)).toBe('/');
    expect(openPath({ path })).toBe('/');
  },
);
