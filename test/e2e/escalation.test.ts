import { expect, test } from 'vitest';

import { AlertDetail, type TimelineEntry } from '../../gateway/protocol/alert.ts';
import { openWorld } from './world.ts';

const second = 1_000;

/** A world whose time and sweeps are in the hand of the test. */
async function openStill() {
  let now = Date.parse('2026-11-22T02:00:00Z');
  const world = await openWorld({ clock: () => now, sweepEveryMs: 2 ** 30 });

  return {
    ...world,
    pass: async (ms: number) => {
      now += ms;
      await world.sweep();
    },
    /** The one alert of the homes, with what has happened to it. */
    story: async (): Promise<AlertDetail> => {
      const [alert, ...others] = await world.alerts('karin', '?state=all&queue=care');
      expect(others).toEqual([]);
      const api = await world.apiFor('karin');
      const response = await api(`/alerts/${alert?.id}`);
      return AlertDetail.parse(await response.json());
    },
  };
}

function stepsOf({ timeline }: { timeline: readonly TimelineEntry[] }): unknown[] {
  return timeline.filter(({ type }) => type === 'escalated').map(({ step }) => step);
}

test('an alert that nobody answers goes on at its deadline, and then to the whole municipality', async () => {
  const world = await openStill();
  await world.tell('skogsgatan-call-button', { type: 'help.pressed' });

  await world.pass(59 * second);
  expect(stepsOf(await world.story())).toEqual([]);
  await world.pass(1 * second);
  expect(stepsOf(await world.story())).toEqual([1]);
  expect(await world.alerts('bengt')).toEqual([]);

  await world.pass(60 * second);
  const story = await world.story();
  expect(stepsOf(story)).toEqual([1, 2]);
  expect(story.asked.map(({ who }) => who)).toEqual(['everyone', 'coordinators']);
  expect(await world.alerts('bengt')).toMatchObject([{ id: story.id, step: 2 }]);
});

test('a restart neither loses an escalation nor repeats one', async () => {
  const world = await openStill();
  await world.tell('skogsgatan-call-button', { type: 'help.pressed' });
  await world.pass(60 * second);

  await world.stop();
  await world.start();
  await world.pass(0);
  expect(stepsOf(await world.story())).toEqual([1]);

  await world.stop();
  await world.start();
  await world.pass(60 * second);
  expect(stepsOf(await world.story())).toEqual([1, 2]);
});

test('a deadline that passes while the gateway is away is kept when it is back', async () => {
  const world = await openStill();
  await world.tell('skogsgatan-call-button', { type: 'help.pressed' });
  await world.stop();
  await expect(world.pass(90 * second)).rejects.toThrow('does not run');
  await world.start();
  expect(stepsOf(await world.story())).toEqual([1]);
});
