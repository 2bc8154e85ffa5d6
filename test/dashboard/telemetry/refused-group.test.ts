import { expect, test } from 'vitest';

import { groupRefused } from '../../../dashboard/telemetry/refused-group.ts';

const old = 'partial write: points beyond retention policy';

function refused(sink: string, reason: string, [measurement, at]: [string, number]) {
  return { sink, measurement, reason, at, tags: {}, refusedAt: at + 10 };
}

test('points refused for the same reason are told together, whatever was measured', () => {
  const points = [
    refused('influx-1', `${old} dropped=3`, ['battery', 40]),
    refused('influx-1', `${old} dropped=7`, ['link', 20]),
    refused('influx-1', `${old} dropped=7`, ['battery', 60]),
  ];
  expect(groupRefused(points)).toEqual([
    {
      sink: 'influx-1',
      reason: old,
      measurements: ['battery', 'link'],
      points,
      from: 20,
      to: 60,
      refusedAt: 70,
    },
  ]);
});

test('another reason and another store stand by themselves, the newest first', () => {
  const groups = groupRefused([
    refused('influx-2', 'field type conflict', ['battery', 3]),
    refused('influx-1', 'field type conflict', ['battery', 2]),
    refused('influx-2', old, ['battery', 1]),
  ]);
  expect(groups.map(({ sink, reason }) => [sink, reason])).toEqual([
    ['influx-2', 'field type conflict'],
    ['influx-1', 'field type conflict'],
    ['influx-2', old],
  ]);
  expect(groupRefused([])).toEqual([]);
});
