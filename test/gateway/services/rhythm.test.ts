import { describe, expect, test } from 'vitest';

import { addHome } from '../store/furnish.ts';
import { dayMs, hour, midsummer, nightFrom, openRhythm, told } from './rhythm-world.ts';

const noon = (days: number) => midsummer + days * dayMs + 13 * hour;
const withdraw = `update consent set until_at = ${midsummer + 2 * dayMs} where purpose = 'statistics' returning 1`;

describe('the days of a home', () => {
  test('are worked out as the log grows, and complete once what is told late is in', async () => {
    const world = await openRhythm();
    await world.append([...nightFrom(0), ...nightFrom(1)]);
    await world.settle(noon(2));
    expect(await world.day('2026-06-02')).toMatchObject({
      isComplete: true,
      restMinutes: 7 * 60 + 2 * 60,
      nightsUp: 0,
    });
    expect(await world.day('2026-06-03')).toMatchObject({ isComplete: false, restMinutes: 420 });
    // Nothing is told any more, and yet the day ends.
    await world.settle(noon(3));
    expect(await world.day('2026-06-03')).toMatchObject({ isComplete: true });
  });

  test('are the same however the log is cut up, and worked out again without it', async () => {
    const entries = [0, 1, 2, 3, 4].flatMap((days) => [
      ...nightFrom(days),
      told(days, '10:00', 'door', 'door.opened'),
      told(days, '11:00', 'door', 'door.opened'),
      told(days, '11:01', 'hall', 'motion.detected'),
    ]);
    const whole = await openRhythm();
    await whole.append(entries);
    await whole.settle(noon(5));
    const cut = await openRhythm();
    cut.restart(2);
    for (const entry of entries) {
      await cut.append([entry]);
      await cut.settle(Math.max(entry.receivedAt, midsummer));
    }
    await cut.settle(noon(5));
    expect(await cut.days()).toEqual(await whole.days());
    expect(await whole.days()).toHaveLength(6);
    whole.restart(3);
    await whole.settle(noon(5));
    expect(await whole.days()).toEqual(await cut.days());
  });

  test('change with what is told late, for as many days as it is part of', async () => {
    const world = await openRhythm();
    await world.append([
      told(0, '09:00', 'hall', 'motion.detected'),
      told(6, '12:00', 'hall', 'motion.detected'),
    ]);
    await world.settle(noon(6));
    const away = async () => (await world.days()).map(({ awayMinutes }) => awayMinutes);
    expect(await away()).toEqual([0, null, null, null, null, null, 0]);
    const left = { ...told(0, '09:01', 'door', 'door.closed'), receivedAt: noon(6) };
    await world.append([left]);
    await world.settle(noon(6) + 5 * 60_000);
    // Something moves again on the last day, without a door: then they had come back unseen.
    expect(await away()).toEqual([899, 1_440, 1_440, 1_440, 1_440, 1_440, 0]);
  });

  test('tell when the gateway was down, once that is known', async () => {
    const world = await openRhythm();
    await world.append(nightFrom(0));
    await world.settle(noon(1));
    const from = midsummer + 1.5 * dayMs;
    const to = midsummer + 4 * dayMs + 9 * hour;
    await world.append([
      {
        ...told(4, '09:00', 'bed', 'device.heartbeat'),
        deviceId: null,
        id: 'away',
        type: 'gateway.away',
        data: { from, to, wasDown: true },
      },
    ]);
    await world.settle(noon(4));
    const unheard = (await world.days()).map(({ day, bands }) => {
      const some = bands.filter(({ kind }) => kind === 'unheard');
      return [day, some.reduce((sum, band) => sum + (band.to - band.from) / hour, 0)];
    });
    expect(unheard).toEqual([
      ['2026-06-01', 0],
      ['2026-06-02', 12],
      ['2026-06-03', 24],
      ['2026-06-04', 24],
      ['2026-06-05', 9],
    ]);
  });

  test('that go on are worked out every five minutes at the most', async () => {
    const world = await openRhythm();
    await world.append(nightFrom(0));
    const at = noon(1);
    await world.settle(at);
    await world.append([told(1, '12:59', 'hall', 'motion.detected')]);
    await world.settle(at + 60_000);
    expect((await world.day('2026-06-02'))?.activity).toBe(2);
    await world.settle(at + 5 * 60_000);
    expect((await world.day('2026-06-02'))?.activity).toBe(3);
  });

  test('are worked out at once where something comes late', async () => {
    const world = await openRhythm();
    await world.append([told(1, '11:50', 'hall', 'motion.detected')]);
    const at = noon(1);
    await world.settle(at);
    expect((await world.day('2026-06-02'))?.activity).toBe(1);
    await world.append(nightFrom(0));
    await world.settle(at + 60_000);
    expect((await world.day('2026-06-02'))?.activity).toBeGreaterThan(1);
  });
});

describe('without consent', () => {
  test('nothing is worked out, and nothing kept once it is withdrawn', async () => {
    const never = await openRhythm({ consents: ['help', 'activity'] as never });
    await never.append(nightFrom(0));
    await never.settle(noon(1));
    expect(await never.days()).toEqual([]);
    const world = await openRhythm();
    await world.append(nightFrom(0));
    await world.settle(noon(1));
    expect(await world.days()).toHaveLength(2);
    await world.sql(withdraw);
    await world.settle(noon(1) + hour);
    expect(await world.days()).toEqual([]);
    expect(await world.homeDays.homes()).toEqual([]);
  });

  test('to what they were known by, days that are over are worked out without it, also once it is given again', async () => {
    const world = await openRhythm();
    await world.append([0, 1, 2].flatMap(nightFrom));
    await world.settle(noon(3));
    const known = async () =>
      (await world.days()).map(({ activity, restMinutes }) => [activity, restMinutes]);
    expect(await known()).toEqual([
      [1, 120],
      [3, 540],
      [3, 540],
      [2, 420],
    ]);
    const at = noon(3) + 60_000;
    await world.sql(`update consent set until_at = ${at} where purpose = 'activity' returning 1`);
    await world.settle(noon(3) + hour);
    const nothing = Array.from({ length: 4 }, () => [0, null]);
    expect(await known()).toEqual(nothing);
    await world.sql(
      `insert into consent (municipality_id, resident_id, purpose, from_at, until_at)
       values ('norr', 'resident-home-1', 'activity', ${at + hour}, null) returning 1`,
    );
    await world.settle(noon(3) + 3 * hour);
    expect(await known()).toEqual(nothing);
  });

  test('and with one that is given later, days begin with it', async () => {
    const world = await openRhythm({ consents: ['help', 'activity'] as never });
    await world.append([0, 1, 2].flatMap(nightFrom));
    await world.settle(noon(3));
    const since = midsummer + 2 * dayMs;
    await world.sql(
      `insert into consent (municipality_id, resident_id, purpose, from_at, until_at)
       values ('norr', 'resident-home-1', 'statistics', ${since}, null) returning 1`,
    );
    await world.settle(noon(3) + hour);
    const days = await world.days();
    expect(days.map(({ day }) => day)).toEqual(['2026-06-03', '2026-06-04']);
    expect(days[0]).toMatchObject({ activity: 3, restMinutes: 120 });
  });
});

describe('a pause', () => {
  const id = 'away';
  const hold = {
    id,
    kind: 'pause',
    municipalityId: 'norr',
    homeId: 'home-1',
    matchers: null,
    reason: 'Ligger på sjukhus',
    byId: 'resident-home-1',
  } as const;
  /** For how many hours of each day. */
  const pausedOf = async (world: Awaited<ReturnType<typeof openRhythm>>) =>
    (await world.days()).map(({ bands }) =>
      bands
        .filter(({ kind }) => kind === 'paused')
        .reduce((sum, { from, to }) => sum + (to - from) / hour, 0),
    );

  test('changes the days it touches when it is noted, and when it ends early', async () => {
    const world = await openRhythm();
    await world.append([0, 1, 2, 3].flatMap(nightFrom));
    await world.settle(noon(4));
    const before = await world.days();
    const from = midsummer + 1.5 * dayMs;
    await world.store.staffing.addHold({ ...hold, from, until: midsummer + 30 * dayMs });
    await world.settle(noon(4) + hour);
    expect(await pausedOf(world)).toEqual([0, 12, 24, 24, 14]);
    const days = await world.days();
    expect(days[0]).toEqual(before[0]);
    expect(days[2]).toMatchObject({ roseAt: null, restMinutes: null, rooms: null, activity: 0 });
    expect(JSON.stringify(days)).not.toContain(hold.reason);
    await world.store.staffing.endHold(id, midsummer + 2.5 * dayMs, hold.byId);
    await world.settle(noon(4) + 2 * hour);
    expect(await pausedOf(world)).toEqual([0, 12, 12, 0, 0]);
    expect((await world.days())[3]).toEqual(before[3]);
  });

  test('lasts until another takes its place, and is of its own home alone', async () => {
    const world = await openRhythm();
    await world.append(nightFrom(0));
    const place = { municipalityId: 'norr', unitId: 'norr-1', at: midsummer };
    const consents = ['help', 'activity', 'statistics'] as const;
    await addHome(world.store, { ...place, id: 'home-2', consents: [...consents] });
    const from = midsummer + dayMs + 2 * hour;
    const until = midsummer + dayMs + 10 * hour;
    const { addHold } = world.store.staffing;
    await addHold({ ...hold, from, until: from + 3 * hour });
    await addHold({ ...hold, id: 'next', from: from + hour, until: from + 2 * hour });
    await addHold({ ...hold, id: 'other', homeId: 'home-2', from, until });
    await addHold({ ...hold, id: 'test', kind: 'test', from, until });
    await addHold({ ...hold, id: 'silence', kind: 'silence', homeId: null, from, until });
    await world.settle(noon(1));
    expect(await pausedOf(world)).toEqual([0, 2]);
  });

  test('that is still to come leaves the days that are over alone', async () => {
    const world = await openRhythm();
    await world.append([0, 1].flatMap(nightFrom));
    await world.settle(noon(2));
    const from = midsummer + 9 * dayMs;
    await world.store.staffing.addHold({ ...hold, from, until: from + dayMs });
    // A day that is worked out anew would be another again.
    const [first] = await world.days();
    if (first === undefined) throw new Error('There is a day.');
    await world.homeDays.save('home-1', [{ ...first, activity: 99 }]);
    await world.settle(noon(2) + hour);
    await world.settle(noon(2) + 2 * hour);
    expect((await world.day(first.day))?.activity).toBe(99);
  });
});

test('what people change in a home changes the days it holds for', async () => {
  const world = await openRhythm();
  await world.append([0, 1, 2].flatMap(nightFrom));
  await world.settle(noon(3));
  expect((await world.day('2026-06-03'))?.rooms).toBe(1);
  // The sensor was in another room all the while, and somebody has now put that right.
  await world.sql(
    `update binding set until_at = ${midsummer + 1.9 * dayMs} where device_id = 'hall' returning 1`,
  );
  await world.settle(noon(3) + hour);
  expect((await world.day('2026-06-03'))?.rooms).toBeNull();
  expect((await world.day('2026-06-02'))?.rooms).toBe(1);
});
