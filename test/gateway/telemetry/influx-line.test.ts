import { expect, test } from 'vitest';

import {
  isWritableTag,
  lineFaultOf,
  nanosecondsOf,
} from '../../../gateway/telemetry/influx-line.ts';
import { at, pointAt } from './telemetry-point.ts';

const noon = at('2026-10-25T12:00');

test('a time has six digits of where it stands in the log behind its milliseconds', () => {
  expect(nanosecondsOf({ at: noon, seq: 0 })).toBe(`${noon}000000`);
  expect(nanosecondsOf({ at: noon, seq: 123_456_789 })).toBe(`${noon}456789`);
  expect(nanosecondsOf({ at: noon + 1, seq: 999_999 })).toBe(`${noon + 1}999999`);
});

test.each(['', 'a\nb', 'a\u0000', 'a\\', 'a\\,b', "a\\'b", '\uD800'])(
  'a tag %j cannot be sent, and is said to be why',
  (home) => {
    expect(isWritableTag(home)).toBe(false);
    expect(lineFaultOf(pointAt(noon, 1, { tags: { home } }))).toContain('tag home');
  },
);
