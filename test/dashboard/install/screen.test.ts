import { describe, expect, test } from 'vitest';

import { askAgainMs, beside, screenAt, screensOf } from '../../../dashboard/install/screen.ts';
import { installationSteps } from '../../../gateway/protocol/device/installation.ts';
import { installation } from './installation.ts';

describe('whoever comes to an installation', () => {
  test('goes on where the gateway says that it is', () => {
    const shown = installationSteps.map((step) => screenAt({ step }, null, false));
    expect(shown).toEqual([
      'device',
      'placement',
      'first-message',
      'tests',
      'alarm',
      'signature',
      'signature',
    ]);
  });

  test('may look back, but not further than the gateway has let it come', () => {
    expect(screenAt({ step: 'tests' }, 'placement', false)).toBe('placement');
    expect(screenAt({ step: 'placement' }, 'alarm', false)).toBe('placement');
    expect(screenAt({ step: 'device' }, 'secret', true)).toBe('device');
  });

  test('is shown a secret only while it is known here', () => {
    expect(screenAt({ step: 'first-message' }, 'secret', true)).toBe('secret');
    expect(screenAt({ step: 'first-message' }, 'secret', false)).toBe('first-message');
  });
});

test('one step follows another, and the secret stands between placing and waiting', () => {
  expect(screensOf(true)).toHaveLength(7);
  expect(screensOf(false)).not.toContain('secret');
  expect(beside('placement', 1, true)).toBe('secret');
  expect(beside('placement', 1, false)).toBe('first-message');
  expect(beside('first-message', -1, false)).toBe('placement');
  expect([beside('device', -1, false), beside('signature', 1, false)]).toEqual([null, null]);
});

test('asks often while it waits, seldom when nobody looks, and no more when it is over', () => {
  expect(askAgainMs(installation({ step: 'tests' }), false)).toBe(1_000);
  expect(askAgainMs(installation({ step: 'placement' }), false)).toBeGreaterThan(1_000);
  expect(askAgainMs(installation({ step: 'tests' }), true)).toBeGreaterThan(5_000);
  expect(askAgainMs(installation({ state: 'signed' }), false)).toBeNull();
  expect(askAgainMs(null, false)).toBeGreaterThan(0);
});
