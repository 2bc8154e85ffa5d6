import { beforeAll, describe, expect, test } from 'vitest';

import { staffedTerms } from '../../../gateway/domain/duty/terms.ts';
import { evaluate } from '../../../gateway/domain/evaluate.ts';
import type { HomeContext } from '../../../gateway/domain/home/home-context.ts';
import { compileRules, type RuleSet } from '../../../gateway/domain/home/rule-set.ts';
import type { LogEntry } from '../../../gateway/domain/ledger.ts';
import type { EventType } from '../../../gateway/protocol/catalogue.ts';
import { readStandardRules } from '../../../gateway/store/template-file.ts';
import { homeWith, local } from '../domain/home/given-home.ts';

const minute = 60_000;

let rules: RuleSet;
beforeAll(async () => {
  rules = compileRules((await readStandardRules()).map(({ rule }) => rule));
});

type Told = readonly [clock: string, deviceId: string, type: EventType, data?: object];

interface Story {
  title: string;
  told: readonly Told[];
  /** When the story ends; else in half an hour. */
  until?: string;
  /** `need severity state` of every alert; `held` when it waits for another. */
  alerts: readonly string[];
  home?: HomeContext;
}

/** A home with one of each, placed when the story begins, and none of them supervised. */
function homeFrom(placedAt: number): HomeContext {
  return homeWith(
    { id: 'belt', placement: 'worn', placedAt },
    { id: 'door', placement: 'entrance', placedAt },
    { id: 'balcony', placement: 'balcony', placedAt },
    { id: 'hall', placement: 'hall', placedAt },
    { id: 'bed', placement: 'bed', placedAt },
    { id: 'camera', placement: 'bedroom', placedAt },
    { id: 'kitchen', placement: 'kitchen', placedAt },
  );
}

const supervised = homeWith({
  id: 'belt',
  profile: 'call-button',
  placement: 'worn',
  placedAt: local('2026-11-22T12:00'),
  silentAfterMs: 30 * minute,
});

/** A time of day is of one Sunday; with a plus it is of the day after. */
function instant(clock: string): number {
  return clock.startsWith('+')
    ? local(`2026-11-23T${clock.slice(1)}`)
    : local(`2026-11-22T${clock}`);
}

function alertsOf({ told, until, home }: Story): string[] {
  const log = told.map(([clock, deviceId, type, data = {}], index): LogEntry => ({
    municipalityId: 'municipality',
    homeId: 'home',
    deviceId,
    id: `e${index}`,
    type,
    at: instant(clock),
    receivedAt: instant(clock),
    data: { ...data },
  }));
  const end = until === undefined ? (log.at(-1)?.at ?? 0) + 30 * minute : instant(until);
  let id = 0;
  const alerts = evaluate(home ?? homeFrom(log[0]?.at ?? 0), rules, log, {
    ...staffedTerms(() => `alert-${(id += 1)}`),
    until: end,
  });
  return alerts.map(({ need, severity, state, clearedAt, inhibitedBy }) => {
    const more = [...(clearedAt === null ? [] : ['cleared']), ...(inhibitedBy ? ['held'] : [])];
    return [need, severity, state, ...more].join(' ');
  });
}

const stories: Record<string, readonly Story[]> = {
  'help-pressed': [
    {
      title: 'calls at once, and once however often it is pressed',
      told: [
        ['12:00', 'belt', 'help.pressed'],
        ['12:01', 'belt', 'help.pressed'],
      ],
      alerts: ['help-pressed/belt emergency firing'],
    },
    { title: 'is not a test', told: [['12:00', 'belt', 'test.pressed']], alerts: [] },
  ],
  fall: [
    {
      title: 'is an emergency when nothing moves for a minute',
      told: [['12:00', 'belt', 'fall.detected']],
      alerts: ['fall/belt emergency firing'],
    },
    {
      title: 'stays high when somebody moves',
      told: [
        ['12:00', 'belt', 'fall.detected'],
        ['12:00:59', 'hall', 'motion.detected'],
      ],
      alerts: ['fall/belt high firing'],
    },
    {
      title: 'is not reassured by what came a moment before',
      told: [
        ['11:59:59', 'hall', 'motion.detected'],
        ['12:00', 'belt', 'fall.detected'],
      ],
      alerts: ['fall/belt emergency firing'],
    },
  ],
  seizure: [
    {
      title: 'is an emergency',
      told: [['03:00', 'bed', 'seizure.detected']],
      alerts: ['seizure/bed emergency firing'],
    },
  ],
  smoke: [
    {
      title: 'is one emergency of the home, also when two detectors tell of it',
      told: [
        ['12:00', 'kitchen', 'smoke.detected'],
        ['12:01', 'hall', 'smoke.detected'],
        ['12:05', 'kitchen', 'smoke.cleared'],
      ],
      alerts: ['smoke emergency firing'],
    },
  ],
  'carbon-monoxide': [
    {
      title: 'is an emergency of the home that clean air does not end',
      told: [
        ['12:00', 'kitchen', 'co.detected'],
        ['12:05', 'kitchen', 'co.cleared'],
      ],
      alerts: ['carbon-monoxide emergency firing'],
    },
  ],
  water: [
    {
      title: 'is high',
      told: [['12:00', 'kitchen', 'water.detected']],
      alerts: ['water high firing'],
    },
  ],
  'bed-left-at-night': [
    {
      title: 'calls after twenty minutes out of bed',
      told: [['02:00', 'bed', 'bed.left']],
      until: '02:20',
      alerts: ['bed-left-at-night medium firing'],
    },
    {
      title: 'believes the camera as well, and the bed when it is entered again',
      told: [
        ['02:00', 'camera', 'person.out-of-bed'],
        ['02:30', 'bed', 'bed.entered'],
      ],
      alerts: ['bed-left-at-night medium firing cleared'],
    },
    {
      title: 'lets people go and come back',
      told: [
        ['02:00', 'bed', 'bed.left'],
        ['02:19:59', 'bed', 'bed.entered'],
      ],
      alerts: [],
    },
    {
      title: 'waits twenty minutes',
      told: [['02:00', 'bed', 'bed.left']],
      until: '02:19:59',
      alerts: [],
    },
    { title: 'lets people rise at six', told: [['06:00', 'bed', 'bed.left']], alerts: [] },
    { title: 'lets people go to bed late', told: [['21:59', 'bed', 'bed.left']], alerts: [] },
  ],
  'front-door-at-night': [
    {
      title: 'calls when the front door stays open for two minutes',
      told: [['22:00', 'door', 'door.opened']],
      until: '22:02',
      alerts: ['front-door-at-night/door high firing'],
    },
    {
      title: 'stays on the screen when it is closed after that',
      told: [
        ['05:59', 'door', 'door.opened'],
        ['06:10', 'door', 'door.closed'],
      ],
      alerts: ['front-door-at-night/door high firing cleared'],
    },
    {
      title: 'lets somebody in, and does not watch the balcony',
      told: [
        ['23:00', 'door', 'door.opened'],
        ['23:01:59', 'door', 'door.closed'],
        ['23:00', 'balcony', 'door.opened'],
      ],
      alerts: [],
    },
    {
      title: 'is not taken in by another door that closes',
      told: [
        ['23:00', 'door', 'door.opened'],
        ['23:01', 'balcony', 'door.closed'],
      ],
      alerts: ['front-door-at-night/door high firing'],
    },
  ],
  'front-door-left-open': [
    {
      title: 'calls after twenty minutes by day, and leaves when it is closed',
      told: [
        ['12:00', 'door', 'door.opened'],
        ['12:25', 'door', 'door.closed'],
      ],
      alerts: ['front-door-left-open/door low resolved cleared'],
    },
    {
      title: 'calls while it stands open, and waits for the rule of the night that explains it',
      told: [['21:59', 'door', 'door.opened']],
      until: '22:19',
      alerts: ['front-door-at-night/door high firing', 'front-door-left-open/door low firing held'],
    },
    {
      title: 'lets people air, and does not watch the balcony',
      told: [
        ['12:00', 'balcony', 'door.opened'],
        ['12:00', 'door', 'door.opened'],
        ['12:19', 'door', 'door.closed'],
      ],
      alerts: [],
    },
  ],
  'no-activity-by-day': [
    {
      title: 'calls at one when nothing has moved since the night',
      told: [['06:00', 'hall', 'motion.detected']],
      until: '13:00',
      alerts: ['no-activity-by-day medium firing'],
    },
    {
      title: 'lets people sleep',
      told: [['06:00', 'hall', 'motion.detected']],
      until: '12:59',
      alerts: [],
    },
    {
      title: 'is not taken in by a heartbeat, but by anything that people do',
      told: [
        ['07:30', 'hall', 'device.heartbeat'],
        ['08:00', 'bed', 'bed.left'],
        ['12:00', 'kitchen', 'presence.detected'],
        ['16:30', 'balcony', 'door.opened'],
        ['16:31', 'balcony', 'door.closed'],
        ['16:32', 'hall', 'device.heartbeat'],
        ['20:00', 'bed', 'bed.entered'],
      ],
      until: '+06:59',
      alerts: [],
    },
    {
      title: 'calls the day after if nobody rises',
      told: [['20:00', 'bed', 'bed.entered']],
      until: '+13:00',
      alerts: ['no-activity-by-day medium firing'],
    },
  ],
  'out-of-reach': [
    {
      title: 'calls when a hub has not reached a device for five minutes, and leaves when it does',
      told: [
        ['12:10', 'hall', 'reach.lost'],
        ['12:20', 'hall', 'reach.restored'],
      ],
      until: '12:30',
      alerts: ['out-of-reach/hall technical resolved cleared'],
    },
  ],
  'device-silent': [
    {
      title: 'calls when a supervised device misses three heartbeats, and leaves when it speaks',
      home: supervised,
      told: [
        ['12:10', 'belt', 'device.heartbeat'],
        ['12:45', 'belt', 'device.heartbeat'],
      ],
      until: '12:50',
      alerts: ['device-silent/belt technical resolved cleared'],
    },
    {
      title: 'is not taken in by the loss of its connection',
      home: supervised,
      told: [
        ['12:10', 'belt', 'device.heartbeat'],
        ['12:30', 'belt', 'device.disconnected'],
      ],
      until: '12:40',
      alerts: ['device-silent/belt technical firing'],
    },
    {
      title: 'lets a device be silent as long as it may',
      home: supervised,
      told: [['12:10', 'belt', 'device.heartbeat']],
      until: '12:39',
      alerts: [],
    },
  ],
  'battery-low': [
    {
      title: 'calls when a device says so, or measures fifteen percent or less',
      told: [
        ['12:00', 'door', 'battery.low'],
        ['12:00', 'hall', 'battery.measured', { percent: 15 }],
        ['12:00', 'bed', 'battery.measured', { percent: 3.5 }],
      ],
      alerts: [
        'battery-low/door technical firing',
        'battery-low/hall technical firing',
        'battery-low/bed technical firing',
      ],
    },
    {
      title: 'leaves a battery in peace that has more',
      told: [
        ['12:00', 'hall', 'battery.measured', { percent: 16 }],
        ['12:00', 'bed', 'battery.measured', { percent: 15.5 }],
      ],
      alerts: [],
    },
  ],
  'power-lost': [
    {
      title: 'calls after ten minutes, and leaves when the power is back',
      told: [
        ['12:00', 'hall', 'power.lost'],
        ['12:11', 'hall', 'power.restored'],
      ],
      alerts: ['power-lost/hall technical resolved cleared'],
    },
    {
      title: 'calls while the power is away',
      told: [['12:00', 'hall', 'power.lost']],
      alerts: ['power-lost/hall technical firing'],
    },
    {
      title: 'lets a fuse be changed',
      told: [
        ['12:00', 'hall', 'power.lost'],
        ['12:09:59', 'hall', 'power.restored'],
      ],
      alerts: [],
    },
  ],
};

describe.each(Object.entries(stories))('the standard rule %s, among the others,', (_, told) => {
  test.each(told.map((story): [string, Story] => [story.title, story]))('%s', (__, story) => {
    expect(alertsOf(story)).toEqual(story.alerts);
  });
});

test('each standard rule has a story', () => {
  expect(rules.rules.map(({ id }) => id).toSorted()).toEqual(Object.keys(stories).toSorted());
});

test('an ordinary day and night calls nobody', () => {
  const day: Story = {
    title: '',
    told: [
      ['06:30', 'bed', 'bed.left'],
      ['06:31', 'hall', 'motion.detected'],
      ['09:00', 'door', 'door.opened'],
      ['09:01', 'door', 'door.closed'],
      ['12:00', 'kitchen', 'presence.detected'],
      ['16:00', 'hall', 'motion.detected'],
      ['20:30', 'hall', 'motion.detected'],
      ['22:10', 'bed', 'bed.entered'],
      ['+02:00', 'bed', 'bed.left'],
      ['+02:08', 'bed', 'bed.entered'],
      ['+07:10', 'bed', 'bed.left'],
    ],
    alerts: [],
  };
  expect(alertsOf(day)).toEqual([]);
});
