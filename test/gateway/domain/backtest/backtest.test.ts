import { describe, expect, test } from 'vitest';

import { createLogHistory } from '../../../../gateway/cli/log-history.ts';
import { backtest } from '../../../../gateway/domain/backtest/backtest.ts';
import {
  noRules,
  readCandidates,
  withCandidates,
} from '../../../../gateway/domain/backtest/candidate.ts';
import type { Found } from '../../../../gateway/domain/backtest/found.ts';
import type { EventType } from '../../../../gateway/protocol/catalogue.ts';
import type { BacktestResult } from '../../../../gateway/protocol/rule/backtest.ts';
import { rulesOf } from '../../../../gateway/services/rules-of.ts';
import { parseMapping } from '../../../../simulators/replay/mapping.ts';
import { day, hour, local, minute } from './given-found.ts';

const noon = local('2026-06-01T12:00');
const mapping = parseMapping(`
timeZone: Europe/Stockholm
sensors:
  belt: { device: belt, profile: call-button, placement: worn, events: {} }
  door: { device: door, profile: event-only, placement: entrance, events: {} }
`);
const help = `
- id: help
  title: { sv: Hjälp, en: Help }
  severity: high
  on: help.pressed
`;
const door = `
- id: door
  title: { sv: Dörren, en: The door }
  severity: low
  on: door.opened
  for: 2m
  unless: door.closed
  clearedBy: door.closed
`;

/** Type and time after noon of each event. */
type Past = readonly (readonly [EventType, number])[];

async function tried(
  rules: string,
  past: Past,
  more: { handledAfterMs?: number | null; from?: number; to?: number } = {},
): Promise<{ found: Found[]; result: Omit<BacktestResult, 'tookMs'> }> {
  const { handledAfterMs = 20 * minute, from = 0, to = day } = more;
  const events = past.map(([type, after], line) => {
    const deviceId = type.startsWith('door') ? 'door' : 'belt';
    return { line, id: `e${line}`, deviceId, type, at: noon + after };
  });
  const terms = { municipalityId: 'log', at: noon, alone: true };
  const found: Found[] = [];
  const result = await backtest(
    createLogHistory(mapping, events),
    {
      scope: { userId: 'karin', municipalityId: 'log', role: 'coordinator', units: 'all' },
      homeIds: null,
      span: { from: noon + from, to: noon + to },
      timeZone: mapping.timeZone,
      candidate: rulesOf(withCandidates(noRules, readCandidates(rules), terms)),
      current: null,
      operators: 1,
      handledAfterMs,
    },
    { occurred: (one) => found.push(one.found), told: () => {} },
  );
  return { found, result };
}

/** When each alert would have been raised, after noon. */
async function times(...given: Parameters<typeof tried>): Promise<number[]> {
  return (await tried(...given)).found.map(({ at }) => at - noon);
}

describe('since nobody answers, an alert is taken to be handled', () => {
  const pressed = (...after: number[]) => after.map((at) => ['help.pressed', at] as const);

  test('after a while, so that what calls later calls anew', async () => {
    expect(await times(help, pressed(0, 20 * minute))).toEqual([0]);
    expect(await times(help, pressed(0, 20 * minute + 1))).toEqual([0, 20 * minute + 1]);
    expect(await times(help, pressed(0, 20 * minute + 1), { handledAfterMs: null })).toEqual([0]);
  });

  test('though what it was about goes on, and its end is still told', async () => {
    const past: Past = [
      ['door.opened', 0],
      ['door.closed', hour],
      ['door.closed', 2 * hour],
    ];
    expect((await tried(door, past)).found).toMatchObject([
      { at: noon + 2 * minute, clearedAt: noon + hour },
    ]);
  });

  test('together with what it explains, which then never calls', async () => {
    const fall = `
- id: fall
  title: { sv: Fall, en: Fall }
  severity: high
  on: fall.detected
  inhibits: [door]
`;
    const past: Past = [
      ['door.opened', 0],
      ['fall.detected', minute],
    ];
    expect((await tried(`${fall}${door}`, past)).found.map(({ rule }) => rule)).toEqual(['fall']);
    expect((await tried(`${fall}${door}`, past.slice(0, 1))).found).toMatchObject([
      { rule: 'door' },
    ]);
  });
});

describe('what counts', () => {
  test('is raised within the span, the end excluded, although it began before', async () => {
    const past: Past = [['door.opened', 0]];
    const at = 2 * minute;
    expect(await times(door, past, { from: at, to: day })).toEqual([at]);
    expect(await times(door, past, { from: at + 1, to: day })).toEqual([]);
    expect(await times(door, past, { from: -day, to: at })).toEqual([]);
    expect(await times(door, past, { from: -day, to: at + 1 })).toEqual([at]);
  });

  test('is not what tells of faulty equipment whatever the rules say', async () => {
    expect(await times(help, [['unknown', 0]])).toEqual([]);
  });

  test('is by the severity of the rule, and of each alert by what it came to', async () => {
    const worse = `${help}  then: { no: motion.detected, within: 1m, severity: emergency }\n`;
    const { found, result } = await tried(worse, [['help.pressed', 0]]);
    expect(found).toMatchObject([{ severity: 'emergency' }]);
    expect(result.summary.bySeverity).toMatchObject({ emergency: 1, high: 0 });
    expect(result.rules).toMatchObject([{ rule: 'help', severity: 'high', alerts: 1 }]);
  });
});
