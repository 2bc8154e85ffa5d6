import { describe, expect, test } from 'vitest';

import type { Purpose } from '../../../gateway/domain/consent.ts';
import type { Binding, DeviceFile, HomeFile } from '../../../gateway/domain/directory.ts';
import type { EventType } from '../../../gateway/protocol/catalogue.ts';
import { judgeReading } from '../../../gateway/services/judge-reading.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.parse('2026-11-22T02:00:00Z');

function homeWith(id: string, residents: Readonly<Record<string, readonly Purpose[]>>): HomeFile {
  const names = Object.keys(residents);
  return {
    context: {
      id,
      municipalityId: 'norr',
      unitId: 'unit',
      timeZone: 'Europe/Stockholm',
      flags: [],
      devices: [],
    },
    label: id,
    residents: names.map((name) => ({ id: name, name })),
    consents: names.flatMap((residentId) =>
      (residents[residentId] ?? []).map((purpose) => ({
        purpose,
        residentId,
        from: 0,
        until: null,
      })),
    ),
  };
}

function consentedFrom(from: number, home: HomeFile): HomeFile {
  return { ...home, consents: home.consents.map((consent) => ({ ...consent, from })) };
}

const all = ['help', 'activity', 'camera'] as const;
const homes = new Map(
  [
    homeWith('everything', { elsa: all }),
    homeWith('help-only', { elsa: ['help'] }),
    homeWith('one-of-two', { elsa: all, sven: ['help'] }),
    homeWith('nobody', {}),
    homeWith('earlier', { olle: all }),
    consentedFrom(now + hour, homeWith('later', { elsa: all })),
  ].map((home) => [home.context.id, home]),
);

function bound(homeId: string, from = now - 10 * day, until: number | null = null): Binding {
  return { homeId, placement: 'hall', from, until };
}

function judge(given: {
  type?: EventType;
  time?: number | null;
  profile?: string;
  bindings?: readonly Binding[];
}) {
  const { type = 'help.pressed', time = null, profile = 'event-only' } = given;
  const bindings = given.bindings ?? [bound('everything')];
  const named = { id: 'device', municipalityId: 'norr', name: '' };
  const device: DeviceFile = { ...named, profile, model: null, behind: null, bindings };
  const judged = judgeReading({ id: 'e', type, time, data: {} }, device, homes, now);
  if (!judged.kept) return 'dropped';
  const { entry, home, skewMs } = judged;
  expect(home?.context.id ?? null).toBe(entry.homeId);
  expect(entry).toMatchObject({ id: 'e', deviceId: 'device', municipalityId: 'norr', type });
  expect(entry.receivedAt).toBe(now);
  return { homeId: entry.homeId, at: entry.at - now, skewMs };
}

const here = { homeId: 'everything', at: 0, skewMs: null };

describe('a reading is of the time', () => {
  test.each([
    ['of its arrival, when it tells none', null, 0, null],
    ['it tells, when that is past', now - day, -day, 0],
    ['it tells, when that is a month ago', now - 31 * day, -31 * day, 0],
    ['of its arrival, when that was longer ago', now - 31 * day - 1, 0, -31 * day - 1],
    ['of its arrival, when it is a little ahead', now + 5 * minute, 0, 5 * minute],
    ['of its arrival, when it is far ahead', now + 5 * minute + 1, 0, 5 * minute + 1],
  ])('%s', (_, time, at, skewMs) => {
    const bindings = [bound('everything', now - 100 * day)];
    expect(judge({ time, bindings })).toEqual({ homeId: 'everything', at, skewMs });
  });
});

describe('a reading is of the home', () => {
  const moved = [bound('everything', now - hour), bound('earlier', now - day, now - hour)];

  test('where the device was at the time, not where it is', () => {
    const moves = (time: number | null) =>
      judge({ type: 'motion.detected', bindings: moved, time });
    expect(moves(now - hour)).toMatchObject({ homeId: 'everything' });
    expect(moves(now - hour - 1)).toMatchObject({ homeId: 'earlier' });
    expect(moves(null)).toEqual(here);
  });

  test('where it is now, for a call for help from before it was placed there', () => {
    expect(judge({ bindings: moved, time: now - hour - 1 })).toEqual({ ...here, skewMs: 0 });
    expect(judge({ bindings: moved, time: now - 2 * day })).toEqual({ ...here, skewMs: 0 });
    expect(judge({ type: 'motion.detected', bindings: moved, time: now - 2 * day })).toBe(
      'dropped',
    );
  });

  test('where it is, for a call for help, though our clock is behind its placing and the consent', () => {
    const ahead = [bound('later', now + hour)];
    expect(judge({ bindings: ahead })).toEqual({ ...here, homeId: 'later' });
    expect(judge({ type: 'motion.detected', bindings: ahead })).toBe('dropped');
  });

  test('nobody, when it is in none: then it counts only if it is about the equipment', () => {
    const past = [bound('earlier', now - day, now - hour)];
    for (const bindings of [[], past]) {
      expect(judge({ bindings })).toBe('dropped');
      expect(judge({ type: 'motion.detected', bindings })).toBe('dropped');
      expect(judge({ type: 'battery.measured', bindings })).toEqual({ ...here, homeId: null });
    }
  });
});

describe('a reading is kept', () => {
  test.each<[string, EventType, string, string, boolean]>([
    ['for help, with consent to help', 'help.pressed', 'event-only', 'help-only', true],
    ['for activity, with consent', 'motion.detected', 'event-only', 'everything', true],
    ['not for activity, with consent to help', 'motion.detected', 'event-only', 'help-only', false],
    [
      'not for activity, if one has not consented',
      'door.opened',
      'event-only',
      'one-of-two',
      false,
    ],
    ['for help, if both have consented', 'fall.detected', 'event-only', 'one-of-two', true],
    ['not where nobody is known to live', 'help.pressed', 'event-only', 'nobody', false],
    ['for the camera, with consent to it', 'person.out-of-bed', 'night-camera', 'everything', true],
    ['not for the camera without', 'fall.detected', 'night-camera', 'help-only', false],
    ['not for what has no word, without consent', 'unknown', 'event-only', 'help-only', false],
    ['for what has no word, with consent', 'unknown', 'event-only', 'everything', true],
    ['always, about the equipment', 'battery.low', 'night-camera', 'nobody', true],
  ])('%s', (_, type, profile, homeId, isKept) => {
    const judged = judge({ type, profile, bindings: [bound(homeId)] });
    expect(judged !== 'dropped').toBe(isKept);
  });
});
