import { describe, expect, test } from 'vitest';

import { valuesFor } from '../../../../gateway/domain/backtest/tuning.ts';
import { Rule } from '../../../../gateway/protocol/rule/rule.ts';

function rule(more: object): Rule {
  const title = { sv: 'Regel', en: 'Rule' };
  return Rule.parse({ id: 'rule', title, severity: 'high', on: 'door.opened', ...more });
}

const minute = 60_000;

describe('the values that are tried', () => {
  test('lie within the bounds, reach both, and hold the one of now', () => {
    const given = rule({ for: '7m', bounds: { for: { min: '1m', max: '2h' } } });
    const values = valuesFor(given, 'for');
    expect(values[0]).toBe(minute);
    expect(values.at(-1)).toBe(120 * minute);
    expect(values).toContain(7 * minute);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect(new Set(values).size).toBe(values.length);
    expect(values.length).toBeLessThanOrEqual(24);
  });

  test('are lengths of time that people would choose', () => {
    const given = rule({ for: '2m', bounds: { for: { min: '30s', max: '15m' } } });
    const seconds = valuesFor(given, 'for').map((ms) => ms / 1_000);
    expect(seconds).toEqual([30, 40, 55, 90, 120, 150, 180, 270, 360, 480, 600, 900]);
  });

  test('are whole numbers where something is counted', () => {
    const given = rule({ count: { times: 3, within: '1h' } });
    expect(valuesFor(given, 'count.times')).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(() => valuesFor(given, 'count.times', [2, 2.5])).toThrow(/2.5/);
  });

  test('are those that somebody asks for, and what the rule has', () => {
    const given = rule({ for: '2m' });
    expect(valuesFor(given, 'for', [5 * minute, minute])).toEqual([minute, 2 * minute, 5 * minute]);
    expect(() => valuesFor(given, 'count.times')).toThrow(/no `count.times`/);
    expect(() => valuesFor(given, 'for', [0.5, minute])).toThrow(/0.5/);
  });

  test('of a number of the rule’s own are spread evenly', () => {
    const given = rule({
      where: 'event.data.percent < parameter.percent',
      parameters: { percent: { value: 15, min: 5, max: 60 } },
    });
    const values = valuesFor(given, 'parameters.percent');
    expect(values).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]);
  });

  test.each([
    [{ value: 17, min: 12, max: 20 }, [12, 13, 14, 15, 16, 17, 18, 19, 20]],
    [{ value: -90, min: -98, max: -70 }, [-98, -95, -90, -85, -80, -75, -70]],
    [{ value: 0.6, min: 0, max: 1 }, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]],
    [{ value: 3, min: 3, max: 3 }, [3]],
  ])('of %j are such as people would choose', (percent, values) => {
    const where = 'event.data.percent < parameter.percent';
    const given = rule({ where, parameters: { percent } });
    expect(valuesFor(given, 'parameters.percent')).toEqual(values);
  });
});
