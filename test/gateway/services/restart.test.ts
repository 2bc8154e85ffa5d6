import { expect, test } from 'vitest';

import { rulesOf } from '../domain/home/given-home.ts';
import { start } from '../store/furnish.ts';
import { type Core, createTestClock, openCore } from './core.ts';

const minute = 60_000;
const door = { on: 'door.opened', clearedBy: 'door.closed' };
const opened = (core: Core) => core.send('door', { type: 'door.opened' });

/** What is heard before the restart and after it, and when the call is due, in minutes from the beginning. */
const forms: readonly {
  form: string;
  rule: object;
  before: (core: Core) => Promise<unknown>;
  after?: (core: Core) => Promise<unknown>;
  due: number;
  /** An event brings the call, not the passing of time. */
  isAtOnce?: boolean;
}[] = [
  { form: 'for', rule: { ...door, for: '10m' }, before: opened, due: 10 },
  {
    // The tests begin at noon in Stockholm.
    form: 'during, when the hours begin',
    rule: { ...door, during: { from: '12:10', to: '18:00' } },
    before: opened,
    due: 10,
  },
  {
    form: 'count',
    rule: { on: 'door.opened', count: { times: 2, within: '20m' } },
    before: opened,
    after: async (core) => {
      core.clock.set(start + 10 * minute);
      await opened(core);
    },
    due: 10,
    isAtOnce: true,
  },
  {
    form: 'absence',
    rule: { absence: { of: ['door.opened'], for: '10m' }, per: 'home' },
    before: opened,
    due: 10,
  },
  {
    form: 'absence, paused while the home is empty',
    rule: { absence: { of: ['door.opened'], for: '10m', pausedWhenEmpty: true }, per: 'home' },
    before: async (core) => {
      await opened(core);
      await core.send('belt', { type: 'area.left' });
    },
    after: async (core) => {
      core.clock.set(start + 20 * minute);
      await core.send('belt', { type: 'area.entered' });
    },
    due: 30,
  },
];

test.for(forms)('a restart in the middle of its wait changes nothing: $form', async (given) => {
  const rules = rulesOf(given.rule);
  const clock = createTestClock();
  const first = await openCore({ rules, clock });
  await given.before(first);
  await first.sweep.run();
  clock.pass(5 * minute);
  await first.sweep.run();
  await first.close();

  const again = await openCore({ rules, clock, storage: first.storage });
  await again.sweep.run();
  await given.after?.(again);
  await again.sweepUntil(start + given.due * minute - 1_000, minute);
  const early = await again.alerts();
  await again.sweepUntil(start + given.due * minute, minute);
  expect(early).toHaveLength(given.isAtOnce === true ? 1 : 0);
  expect(await again.alerts()).toHaveLength(1);
  expect(again.failures).toEqual([]);
  await again.close();
});

test('a restart in the middle of a `then` changes nothing', async () => {
  const then = { no: ['motion.detected'], within: '10m', severity: 'emergency' };
  const rules = rulesOf({ on: 'fall.detected', then });
  const clock = createTestClock();
  const first = await openCore({ rules, clock });
  await first.send('belt', { type: 'fall.detected' });
  clock.pass(5 * minute);
  await first.sweep.run();
  await first.close();

  const again = await openCore({ rules, clock, storage: first.storage });
  const severity = async () => again.storage.query('select severity from alert');
  await again.sweepUntil(start + 10 * minute - 1_000, minute);
  expect(await severity()).toEqual([{ severity: 'high' }]);
  await again.sweepUntil(start + 10 * minute, minute);
  expect(await severity()).toEqual([{ severity: 'emergency' }]);
  await again.close();
});

test('a restart in the middle of a cooldown forgets neither the call nor what is held back', async () => {
  const rules = rulesOf({ ...door, leavesWhenCleared: true, cooldown: '30m' });
  const clock = createTestClock();
  const first = await openCore({ rules, clock });
  await opened(first);
  clock.pass(minute);
  await first.send('door', { type: 'door.closed' });
  clock.pass(minute);
  await opened(first);
  await first.close();

  const again = await openCore({ rules, clock, storage: first.storage });
  await again.sweepUntil(start + 30 * minute - 1_000, minute);
  expect(await again.alerts()).toEqual(['rule/door resolved']);
  await again.sweepUntil(start + 30 * minute, minute);
  expect(await again.alerts()).toEqual(['rule/door resolved', 'rule/door firing']);
  await again.close();
});
