import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { AppError } from '../../../../gateway/domain/errors.ts';
import type { HomeContext, HomeDevice } from '../../../../gateway/domain/home/home-context.ts';
import { warningsOf } from '../../../../gateway/domain/home/where-warning.ts';
import { compileWhere } from '../../../../gateway/domain/home/where.ts';
import type { EventType } from '../../../../gateway/protocol/catalogue.ts';
import { event, homeWith } from './given-home.ts';

const home: HomeContext = {
  ...homeWith({ profile: 'door-contact', placement: 'entrance' }),
  flags: ['may-wander'],
};
const [door = null] = home.devices;

interface Given {
  type?: EventType;
  data?: Record<string, unknown>;
  parameters?: Record<string, number>;
  device?: HomeDevice | null;
}

function answer(expression: string, given: Given = {}) {
  const { type = 'battery.low', data = {}, parameters = {}, device = door } = given;
  const happened = event('device-0', type, 10, { data });
  return compileWhere(expression, parameters)(happened, device, home);
}

function refusal(expression: string, parameters: Record<string, number> = {}): string {
  try {
    compileWhere(expression, parameters);
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') return error.message;
    throw error;
  }
  return 'It was not refused.';
}

describe('where', () => {
  test.each([
    "device.placement == 'entrance' && device.profile == 'door-contact'",
    "event.type == 'battery.low' && event.at == 10.0 && event.id.size() > 0",
    "home.timeZone.startsWith('Europe/')",
    "'may-wander' in resident.flags && !('fall-risk' in resident.flags)",
    "resident.flags.exists(flag, flag == 'may-wander')",
  ])('speaks of the event, its device, the home and who lives there: %s', (expression) => {
    expect(answer(expression)).toBe(true);
  });

  test('finds no placement in a device that is placed nowhere', () => {
    expect(answer("device.placement == ''", { device: null })).toBe(true);
  });

  test('answers each event anew', () => {
    const where = compileWhere('event.data.percent <= 15');
    const answers = [10, 20, 15, 16].map((percent) =>
      where(event('device-0', 'battery.measured', 0, { data: { percent } }), door, home),
    );
    expect(answers).toEqual([true, false, true, false]);
  });

  test('uses the parameters of its rule, and leaves those of others alone', () => {
    const expression = 'event.data.percent <= parameter.percent';
    const data = { percent: 18 };
    expect(answer(expression, { data, parameters: { percent: 20 } })).toBe(true);
    expect(answer(expression, { data, parameters: { percent: 15 } })).toBe(false);
  });
});

describe('numbers', () => {
  const numbers = ['event.data.ten', 'parameter.ten', 'event.at', '10', '10.0'];
  const numbersAsInt = [...numbers, 'int(event.data.ten)', 'double(10)'];
  const truths = 'a == b,!(a != b),a <= b,a >= b,!(a < b),!(a > b),a in [b],-a == -b'
    .concat(',a + b == 20,a - b == 0,a * b == 100.0,a / b == 1,a % b == 0')
    .split(',');

  test.each(numbersAsInt)('mean the same with a point and without: %s', (a) => {
    const failed = truths
      .flatMap((truth) =>
        numbersAsInt.map((b) => truth.replaceAll(/\ba\b/g, a).replaceAll(/\bb\b/g, b)),
      )
      .filter(
        (expression) => answer(expression, { data: { ten: 10 }, parameters: { ten: 10 } }) !== true,
      );
    expect(failed).toEqual([]);
  });
});

describe('what cannot be told', () => {
  test.each([
    ['a field that is missing', 'event.data.percent <= 15', {}],
    ['a field of nothing', 'event.data.of.percent <= 15', { of: null }],
    ['text where a number is meant', 'event.data.percent <= 15', { percent: 'low' }],
    ['a name that every object has', 'event.data.constructor == 1', {}],
    ['an element that is not there', 'event.data.list[3] == 1', { list: [1] }],
    ['a division of whole numbers by zero', '1 / 0 == 1', {}],
  ])('is told apart from false: %s', (_, expression, data) => {
    expect(answer(expression, { data })).toBeNull();
  });

  test('does not matter where the other side decides', () => {
    expect(answer("event.type == 'battery.low' || event.data.percent <= 15")).toBe(true);
    expect(answer("event.data.percent <= 15 || event.type == 'battery.low'")).toBe(true);
    expect(answer("event.data.percent <= 15 && event.type == 'help.pressed'")).toBe(false);
  });

  test('can be asked for', () => {
    expect(answer('has(event.data.percent)')).toBe(false);
    expect(answer('has(event.data.percent)', { data: { percent: 0 } })).toBe(true);
  });

  test('is what data so deep that it cannot be compared gives', () => {
    let deep: Record<string, unknown> = {};
    for (let depth = 0; depth < 100_000; depth += 1) deep = { deep };
    expect(answer('event.data.deep == event.data', { data: deep })).toBeNull();
  });
});

describe('a rule whose `where` is wrong is refused, with the place and the mend', () => {
  test.each([
    ["event.typ == 'door.opened'", 'column 1: There is no `event.typ`: write `event.id` or'],
    ["true &&\n  event.typ == 'a'", 'line 2, column 3: There is no `event.typ`'],
    ['has(event.typ)', 'column 5: There is no `event.typ`'],
    ["event['type'] == 'door.opened'", 'column 1: `event` alone says nothing: write `event.id`'],
    ['event.data.percent <= parameter.percnt', 'column 23: There is no `parameter.percnt`: write'],
    ['device.placement == entrance', 'column 21: There is no `entrance`: there are event, device,'],
    ["event.type = 'door.opened'", 'column 12: Write `==` to compare'],
    ["event.type == 'a' and true", 'Write `==` to compare, `&&` for and'],
    ["event.type == 'door.opened", 'column 15: A quote that begins here never ends'],
    ['event.type == 3', '`==` does not go between text and a number: text stands in quotes'],
    ['event.data.percent <= 15 ||', 'column 28: Something is missing'],
    [
      "event.data.percent <= 15u || event.type == b'a'",
      'column 23: Write text as it is, and numbers',
    ],
    ['event.data.open', 'It must be true or false: compare with something'],
    ['', 'column 1: Something is missing'],
    [`${'true && '.repeat(70)}true`, 'Write at most 500 characters'],
    [`event.at in [${'1,'.repeat(60)}1]`, 'It is too long or too deep'],
    [`${'('.repeat(60)}true${')'.repeat(60)}`, 'It is too long or too deep'],
    ['constructor.name == "x"', 'There is no `constructor`'],
    ['timestamp("2026-01-01T00:00:00Z") < timestamp("2027-01-01T00:00:00Z")', '`timestamp` cannot'],
  ])('%s', (expression, reason) => {
    expect(refusal(expression, { percent: 15 })).toContain(reason);
  });

  test('names what the rule declares, and says so when it declares nothing', () => {
    expect(refusal('event.at > parameter.x', { percent: 1 })).toContain('`parameter.percent`');
    expect(refusal('event.at > parameter.x')).toContain('write it under `parameters` first');
  });
});

describe('nothing can hang', () => {
  test.each([
    ["event.data.text.matches('(a+)+$')", '`matches` cannot be used here'],
    ["'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches(event.data.text)", '`matches` cannot be used'],
    ["event.data.list.exists(x, x.matches('(a+)+$'))", '`matches` cannot be used here'],
    ['event.data.list.all(x, event.data.list.all(y, x == y))', 'cannot stand within another loop'],
    ['event.data.list.all(x, x in event.data.list)', 'Within a loop `event.data` cannot be used'],
    ['event.data.list.map(x, x + x).size() > 1', '`map` cannot be used here'],
    ["cel.bind(x, 'a', x + x == 'aa')", '`bind` cannot be used here'],
    ['event.data.list.all(event, event.data == 1)', 'Give `all` a name of its own first'],
  ])('%s is refused', (expression, reason) => {
    expect(refusal(expression)).toContain(reason);
  });

  test('as many loops as fit go through a long list, one after the other, in a moment', () => {
    const loops = Array.from({ length: 15 }, () => 'event.data.l.all(x, x >= 0)').join(' && ');
    const l = Array.from({ length: 30_000 }, (_, index) => index);
    const begun = performance.now();
    expect(answer(loops, { data: { l } })).toBe(true);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe('words that nothing is ever called', () => {
  test.each([
    ["event.type == 'batery.low'", 14, '"batery.low" is no type of event'],
    ["event.type in ['battery.low', 'battery.lov']", 30, '"battery.lov" is no type of event'],
    ["'entrence' != device.placement", 0, '"entrence" is no placement'],
    ["device.profile == 'door'", 18, '"door" is no profile'],
    ["event.at > 1 && 'may-wonder' in resident.flags", 16, '"may-wonder" is no need'],
  ])('are warned of: %s', (expression, offset, message) => {
    expect(warningsOf(expression)).toEqual([
      { offset, message: expect.stringContaining(message) as string },
    ]);
  });

  test('are looked for only where few are possible', () => {
    const expression =
      "device.placement == '' || device.placement in ['hall', 'bed'] || event.data.type == 'x' || event.id == 'y'";
    expect(warningsOf(expression)).toEqual([]);
    expect(warningsOf('this is no expression')).toEqual([]);
  });
});

describe('whatever comes', () => {
  const words =
    'event device home resident parameter x . .data .type .flags .list .size() .exists(x, .filter(x, has( ) ( [ ] ' +
    "== != <= > && || ! - + % ? : , in true null 'text' 15 15.0 1u b'x' { } \n \" __proto__ matches(";
  const parts = words.split(' ');
  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(fc.constantFrom(...parts), { maxLength: 20 }).map((some) => some.join(' ')),
    fc.array(fc.constantFrom(...parts), { maxLength: 20 }).map((some) => some.join('')),
  );
  const anyData = fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<
    Record<string, unknown>
  >;

  test('any text is either refused or a condition', () => {
    fc.assert(
      fc.property(anyText, anyData, (expression, data) => {
        let where: ReturnType<typeof compileWhere>;
        try {
          where = compileWhere(expression, { percent: 15 });
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          return;
        }
        const happened = event('device-0', 'battery.low', 0, { data });
        expect([true, false, null]).toContain(where(happened, door, home));
      }),
      { numRuns: 2_000 },
    );
  });

  const conditions = [
    'event.data.a <= 15',
    "event.data.a == 'x' || event.data.b.exists(x, x > 1)",
    'event.data.a + event.data.b == event.data.a',
    'event.data.a in event.data.b',
    'event.data.a.b.c == null || has(event.data.a.b)',
    'size(event.data.a) > 1 && event.data.a[0] == event.data.b',
    '!event.data.a || event.data.a ? event.data.b == 1 : event.data == event.data.a',
    "event.data.a.contains('x') || int(event.data.b) % 2 == 0 || string(event.data.a) == '1'",
  ].map((expression) => compileWhere(expression));

  test('any data is answered with yes, no, or that it could not be told', () => {
    const data = fc.oneof(anyData, fc.record({ a: fc.jsonValue(), b: fc.jsonValue() }));
    fc.assert(
      fc.property(data, fc.constantFrom(...conditions), (given, where) => {
        const happened = event('device-0', 'battery.low', 0, {
          data: given,
        });
        expect([true, false, null]).toContain(where(happened, door, home));
      }),
      { numRuns: 2_000 },
    );
  });
});
