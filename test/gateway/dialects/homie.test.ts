import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { homie } from '../../../gateway/dialects/homie.ts';
import { conversation, expectTotal } from './conversation.ts';

const description = {
  homie: '5.0',
  name: 'Badrummet',
  type: 'kombi-2',
  nodes: {
    climate: {
      properties: {
        temperature: { datatype: 'float', unit: '°C' },
        humidity: { datatype: 'float', unit: '%' },
        battery: { datatype: 'integer', unit: '%' },
      },
    },
    alarm: {
      properties: {
        leak: { datatype: 'boolean' },
        contact: { datatype: 'boolean', format: 'open,closed' },
        window: { datatype: 'enum', format: 'open,closed' },
        motion: { datatype: 'boolean' },
      },
    },
  },
};

test('light and power are told by their units, limits and targets are not', () => {
  const hub = conversation(homie);
  const { found } = hub.say('homie/5/uttag/$description', {
    homie: '5.0',
    name: 'Uttag',
    nodes: {
      meter: {
        properties: {
          power: { datatype: 'float', unit: 'kW' },
          'power-limit': { datatype: 'float', unit: 'W' },
          'apparent-power': { datatype: 'float', unit: 'VA' },
          light: { datatype: 'integer', unit: 'lx' },
        },
      },
    },
  });
  expect(found).toMatchObject([{ profile: { kind: 'plug' } }]);
  const told = (path: string, value: string) =>
    hub.say(`homie/5/uttag/meter/${path}`, value).readings.map(({ type, data }) => [type, data]);
  expect(told('power', '0.0421')).toEqual([['power.measured', { watts: 42.1 }]]);
  expect(told('light', '300')).toEqual([['illuminance.measured', { lux: 300 }]]);
  expect(told('power-limit', '3000')).toEqual([['device.heartbeat', {}]]);
  expect(told('apparent-power', '50')).toEqual([['device.heartbeat', {}]]);
});

describe('a device of Homie 5', () => {
  test('is what it describes', () => {
    const { found, readings } = conversation(homie).say('homie/5/bad-1/$description', description);
    expect(readings.map(({ type }) => type)).toEqual(['device.heartbeat']);
    expect(found).toMatchObject([
      {
        address: 'bad-1',
        label: 'Badrummet',
        model: 'kombi-2',
        profile: { kind: 'water-detector' },
      },
    ]);
    expect(found?.[0]?.profile?.capabilities).toContain('door.opened');
  });

  test('tells what changes, each property in its own words', () => {
    const hub = conversation(homie);
    hub.say('homie/5/bad-1/$description', description);
    const types = (path: string, ...values: readonly string[]): readonly string[] =>
      values.flatMap((value) => hub.types(`homie/5/bad-1/${path}`, value));
    const alive = 'device.heartbeat';
    expect(types('alarm/leak', 'false', 'true', 'true', 'false')).toEqual([
      alive,
      'water.detected',
      alive,
      'water.cleared',
    ]);
    expect(types('alarm/contact', 'true', 'false', 'true')).toEqual([
      alive,
      'door.opened',
      'door.closed',
    ]);
    expect(types('alarm/window', 'closed', 'open', 'tilted', 'closed')).toEqual([
      alive,
      'door.opened',
      alive,
      'door.closed',
    ]);
    expect(types('alarm/motion', 'true')).toEqual(['motion.detected']);
    expect(types('climate/temperature', '21.5')).toEqual(['temperature.measured']);
    expect(types('climate/battery', '71', '300', 'low')).toEqual([
      'battery.measured',
      alive,
      alive,
    ]);
  });

  test('whose values come before its description is understood when that comes', () => {
    const hub = conversation(homie);
    expect(hub.say('homie/5/bad-1/climate/temperature', '21.5')).toMatchObject({
      readings: [{ type: 'device.heartbeat' }],
      notUnderstood: [{ source: 'bad-1', what: 'climate/temperature', example: '21.5' }],
    });
    expect(hub.say('homie/5/bad-1/$description', description).readings).toMatchObject([
      { type: 'temperature.measured', data: { celsius: 21.5 } },
    ]);
    expect(hub.types('homie/5/bad-1/$description', description)).toEqual(['device.heartbeat']);
  });

  test('is not its logs, its targets, nor what it is told', () => {
    const hub = conversation(homie);
    hub.say('homie/5/bad-1/$description', description);
    expect(hub.say('homie/5/bad-1/$log/warn', 'battery low')).toMatchObject({
      readings: [{ type: 'device.heartbeat' }],
      notUnderstood: [{ source: 'bad-1', what: '$log/warn', example: 'battery low' }],
    });
    expect(hub.say('homie/5/bad-1/$alert/sensor', 'wet?').notUnderstood).toHaveLength(1);
    expect(hub.types('homie/5/bad-1/alarm/leak/$target', 'true')).toEqual(['device.heartbeat']);
    for (const topic of [
      'homie/5/bad-1/alarm/leak/set',
      'homie/5/$broadcast/alert',
      'homie/$broadcast/alert',
    ]) {
      expect(hub.say(topic, 'true')).toEqual({ readings: [], refused: [] });
    }
  });

  test('takes its children with it when it is lost', () => {
    const hub = conversation(homie);
    hub.say('homie/5/rot/$description', { ...description, children: ['barn', 'rot'] });
    expect(hub.told('homie/5/rot/$state', 'lost')).toEqual(['rot reach.lost', 'barn reach.lost']);
    expect(hub.told('homie/5/rot/$state', 'ready')).toEqual([
      'rot reach.restored',
      'barn reach.restored',
    ]);
  });

  test('is gone with its state', () => {
    const hub = conversation(homie);
    hub.say('homie/5/bad-1/$description', description);
    hub.say('homie/5/bad-1/alarm/leak', 'true');
    expect(hub.say('homie/5/bad-1/$state', '').gone).toEqual(['bad-1']);
    expect([...hub.kept]).toEqual([]);
  });
});

describe('a device of Homie 4', () => {
  test('is what its many small messages say, in any order', () => {
    const hub = conversation(homie);
    hub.say('homie/686f6d6965/$name', 'Vinden');
    hub.say('homie/686f6d6965/luft/temp', '68');
    hub.say('homie/686f6d6965/luft/temp/$datatype', 'float');
    const { readings, found } = hub.say('homie/686f6d6965/luft/temp/$unit', '°F');
    expect(readings).toMatchObject([
      { type: 'temperature.measured', data: { celsius: 20 }, source: '686f6d6965' },
    ]);
    expect(found).toMatchObject([{ label: 'Vinden', profile: { kind: 'thermometer' } }]);
  });

  test.each([
    ['dorr/contact', 'true', 'false', 'door.opened'],
    ['dorr/is-open', 'false', 'true', 'door.opened'],
    ['dorr/closed', 'true', 'false', 'door.opened'],
    ['smoke/alarm', 'false', 'true', 'smoke.detected'],
    ['rum/occupancy', 'vacant', 'occupied', 'presence.detected'],
    ['kok/carbon-monoxide', 'clear', 'detected', 'co.detected'],
    ['x/battery-low', 'false', 'true', 'battery.low'],
  ])('%s: %s, then %s', (path, first, second, type) => {
    const hub = conversation(homie);
    expect(hub.types(`homie/d/${path}`, first)).toEqual(['device.heartbeat']);
    expect(hub.types(`homie/d/${path}`, second)).toEqual([type]);
  });

  test('that is only a button calls for help at each press, and not for the one before it was known', () => {
    const hub = conversation(homie);
    expect(hub.types('homie/k/knapp/button', 'single')).toEqual(['device.heartbeat']);
    hub.say('homie/k/knapp/button/$datatype', 'enum');
    expect(hub.types('homie/k/knapp/button/$retained', 'false')).toEqual(['device.heartbeat']);
    const told = ['single', 'single', 'release'].map((value) =>
      hub.types('homie/k/knapp/button', value),
    );
    expect(told).toEqual([['help.pressed'], ['help.pressed'], ['device.heartbeat']]);
  });

  test('tells its state on change', () => {
    const hub = conversation(homie);
    const told = ['init', 'ready', 'sleeping', 'lost', 'disconnected', 'ready', 'alert'].map(
      (state) => hub.types('homie/d/$state', state),
    );
    expect(told).toEqual([
      ['device.heartbeat'],
      ['device.heartbeat'],
      ['device.heartbeat'],
      ['reach.lost'],
      [],
      ['reach.restored'],
      ['device.heartbeat'],
    ]);
  });
});

test('no message and no memory make it throw', () => {
  const name = fc.constantFrom('__proto__', 'leak', 'constructor', 'a');
  const property = fc.record({
    datatype: fc.constantFrom('boolean', 'float', 7),
    unit: fc.constantFrom('°C', null),
    format: fc.string(),
  });
  expectTotal(
    homie,
    [
      'homie/5/a/$description',
      'homie/5/a/a/leak',
      'homie/5/__proto__/__proto__/__proto__',
      'homie/a/$state',
      'homie/a/a/leak/$unit',
      'homie/',
      'homie/5',
      'homie/5/a',
      'homie/a/$stats/battery',
    ],
    fc.oneof(
      fc.constantFrom('true', 'false', 'ready', 'lost', '\u0000', '21'),
      fc.record({
        nodes: fc.oneof(
          fc.dictionary(name, fc.record({ properties: fc.dictionary(name, property) })),
          fc.constant([{ id: 'a', properties: [{ id: 'leak' }, null] }]),
        ),
        children: fc.constantFrom(['a'], 'a', [7]),
      }),
    ),
  );
});
