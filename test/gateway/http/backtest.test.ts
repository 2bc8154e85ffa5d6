import { describe, expect, test } from 'vitest';

import type { EventType } from '../../../gateway/protocol/catalogue.ts';
import type { Backtest, OccurrencePage } from '../../../gateway/protocol/rule/backtest.ts';
import { openScreen } from '../ws/screen-client.ts';
import { openWorld, type World } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const pressed = `
id: help-pressed
title: { sv: Larmknapp, en: Help button }
severity: high
on: help.pressed
`;

/** The button of `home-norr-1` is pressed so long after the start. */
async function press(world: World, ...after: number[]): Promise<void> {
  await tell(world, 'help.pressed', ...after);
}

async function tell(world: World, type: EventType, ...after: number[]): Promise<void> {
  await world.store.transaction((ledger) =>
    ledger.append(
      after.map((ms) => {
        const at = world.clock() + ms;
        return {
          municipalityId: 'norr',
          homeId: 'home-norr-1',
          deviceId: 'button-norr-1',
          id: `${type}-${ms}`,
          type,
          at,
          receivedAt: at,
          data: {},
        };
      }),
    ),
  );
}

function request(world: World, more: object = {}) {
  const from = world.clock();
  return { source: pressed, from, to: from + 2 * day, alone: true, compare: false, ...more };
}

async function ended(world: World, cookie: string, id: string): Promise<Backtest> {
  for (;;) {
    const answer = await world.call('GET', `/api/v1/backtests/${id}`, { cookie });
    const backtest: Backtest = answer.body;
    if (backtest.state !== 'waiting' && backtest.state !== 'running') return backtest;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function start(world: World, cookie: string, more: object = {}): Promise<Backtest> {
  const body = request(world, more);
  const { status, body: backtest } = await world.call('POST', '/api/v1/backtests', {
    cookie,
    body,
  });
  expect(backtest).toMatchObject({ kind: 'backtest', problem: null, result: null });
  expect(status).toBe(200);
  return backtest;
}

describe('a coordinator who tries a rule', () => {
  test('learns what it would have raised, each of it, and who has looked is written down', async () => {
    const world = await openWorld();
    // The second is a repetition: somebody is taken to be there for twenty minutes.
    await press(world, hour, hour + 5 * minute, 26 * hour);
    const cookie = await world.cookieOf('cilla');
    const { id } = await start(world, cookie, { homeIds: ['home-norr-1'] });
    const backtest = await ended(world, cookie, id);
    expect(backtest).toMatchObject({ state: 'done', progress: 1, events: 3, alerts: 2 });
    expect(backtest.result).toMatchObject({
      homes: 1,
      residents: 1,
      withheld: 0,
      summary: { alerts: 2, perDay: 1, perResidentWeek: 7, night: 2, day: 0 },
      rules: [{ rule: 'help-pressed', version: 2, alerts: 2, outcomes: { none: 2 } }],
      days: [
        { date: '2026-11-22', alerts: 1, current: null },
        { date: '2026-11-23', alerts: 1, current: null },
        { date: '2026-11-24', alerts: 0, current: null },
      ],
      difference: null,
    });
    const page = await world.call('GET', `/api/v1/backtests/${id}/occurrences?limit=1`, { cookie });
    const first: OccurrencePage = page.body;
    expect(first).toMatchObject({
      total: 2,
      items: [
        {
          rule: 'help-pressed',
          home: { id: 'home-norr-1', label: 'Storgatan norr-1' },
          device: { id: 'button-norr-1', name: 'Larmknapp' },
          at: world.clock() + hour,
        },
      ],
    });
    const rest = await world.call(
      'GET',
      `/api/v1/backtests/${id}/occurrences?cursor=${first.next}`,
      { cookie },
    );
    expect(rest.body).toMatchObject({ next: null, items: [{ at: world.clock() + 26 * hour }] });
    expect(world.accessRows()).toEqual(['cilla backtest home-norr-1']);
  });

  test('sees what differs from the rules that hold now', async () => {
    const world = await openWorld();
    await press(world, hour, 3 * hour);
    const cookie = await world.cookieOf('cilla');
    const twice = `${pressed}count: { times: 2, within: 3h }\n`;
    const { id } = await start(world, cookie, {
      source: twice,
      compare: true,
      homeIds: ['home-norr-1'],
    });
    const { result } = await ended(world, cookie, id);
    const lost = await world.call(
      'GET',
      `/api/v1/backtests/${id}/occurrences?rule=help-pressed&change=lost`,
      { cookie },
    );
    expect(result?.summary.alerts).toBe(1);
    expect(lost.body).toMatchObject({ total: 1, items: [{ at: world.clock() + hour }] });
  });

  test('is told how it goes on the screens they have, and nobody else is', async () => {
    const world = await openWorld();
    await press(world, hour);
    const cookie = await world.cookieOf('cilla');
    const [own, other] = [
      await openScreen(world, cookie),
      await openScreen(world, await world.cookieOf('astrid')),
    ];
    for (const screen of [own, other]) {
      screen.hello(null);
      await screen.next('welcome');
    }
    const { id } = await start(world, cookie);
    const states: string[] = [];
    while (states.at(-1) !== 'done') {
      const { backtest } = await own.next('backtest');
      expect(backtest.id).toBe(id);
      states.push(backtest.state);
    }
    expect(states[0]).toBe('running');
    expect(other.messages.some(({ type }) => type === 'backtest')).toBe(false);
  });

  test('tunes a parameter over the same events', async () => {
    const world = await openWorld();
    await press(world, 10 * minute, 40 * minute, 70 * minute);
    const cookie = await world.cookieOf('cilla');
    const source = `${pressed}count: { times: 2, within: 10m }\n`;
    const { from, to } = request(world);
    const asked = await world.call('POST', '/api/v1/tunings', {
      cookie,
      body: {
        source,
        parameter: 'count.within',
        values: [20 * minute, 45 * minute],
        from,
        to,
        homeIds: ['home-norr-1'],
      },
    });
    const { id }: Backtest = asked.body;
    const { tuning } = await ended(world, cookie, id);
    expect(tuning).toMatchObject({ parameter: 'count.within', value: 10 * minute, events: 3 });
    // With 45 minutes the second and the third press each make two; the first alert is handled by then.
    expect(tuning?.points.map(({ value, alerts }) => [value / minute, alerts])).toEqual([
      [10, 0],
      [20, 0],
      [45, 2],
    ]);
  });

  test('counts what would have become worse, when that is what is tuned', async () => {
    const world = await openWorld();
    await press(world, 10 * minute);
    await tell(world, 'test.pressed', 13 * minute);
    const cookie = await world.cookieOf('cilla');
    const source = `${pressed}then: { no: test.pressed, within: 1m }\n`;
    const { from, to } = request(world);
    const values = [2 * minute, 5 * minute];
    const body = { source, parameter: 'then.within', values, from, to };
    const asked = await world.call('POST', '/api/v1/tunings', { cookie, body });
    const { id }: Backtest = asked.body;
    const { tuning } = await ended(world, cookie, id);
    expect(tuning?.points.map(({ value, alerts }) => [value / minute, alerts])).toEqual([
      [1, 1],
      [2, 1],
      [5, 0],
    ]);
  });

  test('tunes a number below zero', async () => {
    const world = await openWorld();
    const cookie = await world.cookieOf('cilla');
    const source = `
id: weak
title: { sv: Svag, en: Weak }
severity: technical
on: link.measured
where: event.data.rssiDbm < parameter.dbm
parameters: { dbm: { value: -90, min: -120, max: -70 } }
`;
    const { from, to } = request(world);
    const body = { source, parameter: 'parameters.dbm', values: [-100, -80], from, to };
    const asked = await world.call('POST', '/api/v1/tunings', { cookie, body });
    const { id }: Backtest = asked.body;
    const { tuning } = await ended(world, cookie, id);
    expect(tuning?.points.map(({ value }) => value)).toEqual([-100, -90, -80]);
  });

  test('is told where the rules are wrong, and in what time and homes they cannot be tried', async () => {
    const world = await openWorld();
    const cookie = await world.cookieOf('cilla');
    const refused = async (more: object) => {
      const body = request(world, more);
      const answer = await world.call('POST', '/api/v1/backtests', { cookie, body });
      const problem: { status: number; detail: string } = answer.body;
      return `${problem.status} ${problem.detail}`;
    };
    expect(await refused({ source: `${pressed}untill: door.closed\n` })).toMatch(
      /^400 .*line 6, column 1.*untill/s,
    );
    expect(await refused({ source: `${pressed}where: device.nowhere\n` })).toMatch(/^400 .*where/s);
    expect(await refused({ to: world.clock() })).toMatch(/^400 .*before/);
    expect(await refused({ to: world.clock() + 500 * day })).toMatch(/^400 .*400 days/);
    expect(await refused({ from: world.clock() - 0.5 })).toMatch(/^400 from/);
    expect(await refused({ from: 1e17, to: 1e17 + day })).toMatch(/^400 from/);
    expect(await refused({ homeIds: ['home-syd-1'] })).toMatch(/^404 .*home-syd-1/);
    expect(world.accessRows()).toEqual([]);
  });

  test('can end one that has not begun or has not ended, and nothing of it can be opened', async () => {
    const world = await openWorld();
    const cookie = await world.cookieOf('cilla');
    const first = await start(world, cookie);
    const second = await start(world, cookie);
    expect(second.state).toBe('waiting');
    for (const { id } of [second, first]) {
      const answer = await world.call('DELETE', `/api/v1/backtests/${id}`, { cookie });
      expect(answer.body).toMatchObject({ state: 'cancelled' });
      const opened = await world.call('GET', `/api/v1/backtests/${id}/occurrences`, { cookie });
      expect(opened.status).toBe(409);
    }
    const third = await start(world, cookie);
    expect(await ended(world, cookie, third.id)).toMatchObject({ state: 'done' });
  });
});

describe('a backtest', () => {
  test('is for coordinators, and exists for its own only', async () => {
    const world = await openWorld();
    const body = request(world);
    for (const person of ['astrid', 'tore', 'adam']) {
      const cookie = await world.cookieOf(person);
      const answer = await world.call('POST', '/api/v1/backtests', { cookie, body });
      expect(answer.status).toBe(403);
    }
    const { id } = await start(world, await world.cookieOf('cilla'));
    for (const path of [id, `${id}/occurrences`, 'nothing']) {
      const cookie = await world.cookieOf('adam');
      expect((await world.call('GET', `/api/v1/backtests/${path}`, { cookie })).status).toBe(404);
    }
    const cookie = await world.cookieOf('adam');
    expect((await world.call('DELETE', `/api/v1/backtests/${id}`, { cookie })).status).toBe(404);
  });

  test('does not exist after an hour', async () => {
    const world = await openWorld();
    const cookie = await world.cookieOf('cilla');
    const { id } = await start(world, cookie);
    await ended(world, cookie, id);
    world.pass(hour);
    expect((await world.call('GET', `/api/v1/backtests/${id}`, { cookie })).status).toBe(200);
    world.pass(1);
    expect((await world.call('GET', `/api/v1/backtests/${id}`, { cookie })).status).toBe(404);
  });

  test('of which too many wait is refused', async () => {
    const world = await openWorld();
    const cookie = await world.cookieOf('cilla');
    for (let asked = 0; asked < 3; asked += 1) await start(world, cookie);
    const body = request(world);
    expect((await world.call('POST', '/api/v1/backtests', { cookie, body })).status).toBe(429);
  });

  test('does not read what nobody consents to any more, and says how much that was', async () => {
    const world = await openWorld();
    await press(world, hour);
    world.sql(`update consent set until_at = ${world.clock() + 5 * day}`);
    const cookie = await world.cookieOf('cilla');
    const { id } = await start(world, cookie, { homeIds: ['home-norr-1'] });
    const { result } = await ended(world, cookie, id);
    expect(result).toMatchObject({ events: 0, withheld: 1, summary: { alerts: 0 } });
  });
});
