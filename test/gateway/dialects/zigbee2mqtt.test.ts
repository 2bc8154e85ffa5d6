import { describe, expect, test } from 'vitest';

import { binary, began, heartbeat, listed, numeric, TestHub, words } from './zigbee2mqtt-hub.ts';

const address = '0x00158d0001a2b3c4';

function hubWith(exposes: readonly unknown[], name = 'hallen'): TestHub {
  const hub = new TestHub();
  hub.say('bridge/devices', [listed({ address, name, exposes })]);
  return hub;
}

describe('a contact', () => {
  test('is a door that opens and closes, told once each', () => {
    const hub = hubWith([binary('contact', false, true)]);
    expect(hub.types('hallen', { contact: true })).toEqual(heartbeat);
    expect(hub.types('hallen', { contact: false })).toEqual(['door.opened']);
    expect(hub.types('hallen', { contact: false })).toEqual(heartbeat);
    expect(hub.types('hallen', { contact: true })).toEqual(['door.closed']);
    expect(hub.types('hallen', { contact: true })).toEqual(heartbeat);
  });

  test('that is open when it is first heard of is told, and a closed one is not', () => {
    expect(new TestHub().types('a', { contact: false })).toEqual(['door.opened']);
    expect(new TestHub().types('a', { contact: true })).toEqual(heartbeat);
  });

  test('keeps its last state when a heartbeat leaves it out or has null', () => {
    const hub = hubWith([binary('contact', false, true)]);
    hub.say('hallen', { contact: false });
    expect(hub.types('hallen', { voltage: 3005 })).toEqual(heartbeat);
    const empty = hub.say('hallen', { contact: null, occupancy: '', battery: null });
    expect(empty.readings.map(({ type }) => type)).toEqual(heartbeat);
    expect(empty).not.toHaveProperty('notUnderstood');
    expect(hub.types('hallen', { contact: false })).toEqual(heartbeat);
  });

  test('means what its description says, whatever words stand for open', () => {
    const hub = hubWith([{ ...binary('contact', 'Open', 'Closed'), property: 'contact_left' }]);
    expect(hub.types('hallen', { contact_left: 'Closed' })).toEqual(heartbeat);
    expect(hub.types('hallen', { contact_left: 'OPEN' })).toEqual(['door.opened']);
    const { readings, notUnderstood } = hub.say('hallen', { contact_left: 'ajar' });
    expect(readings.map(({ type }) => type)).toEqual(heartbeat);
    expect(notUnderstood).toEqual([{ source: address, what: 'contact_left', example: 'ajar' }]);
  });
});

describe('states', () => {
  test.each([
    ['occupancy', 'motion'],
    ['presence', 'presence'],
    ['water_leak', 'water'],
    ['smoke', 'smoke'],
    ['carbon_monoxide', 'co'],
    ['gas', 'co'],
    ['vibration', 'motion'],
  ])('of %s are edges of %s', (property, subject) => {
    const hub = hubWith([binary(property)]);
    const told = [true, true, false, false, true].flatMap((value) =>
      hub.types('hallen', { [property]: value }),
    );
    const [detected, cleared] = [`${subject}.detected`, `${subject}.cleared`];
    expect(told).toEqual([detected, ...heartbeat, cleared, ...heartbeat, detected]);
  });

  test('written as text or numbers are the same states', () => {
    const hub = hubWith([binary('occupancy')]);
    expect(hub.types('hallen', { occupancy: 'true' })).toEqual(['motion.detected']);
    expect(hub.types('hallen', { occupancy: 1 })).toEqual(heartbeat);
    expect(hub.types('hallen', { occupancy: 'OFF' })).toEqual(['motion.cleared']);
  });

  test('that end within the second they began in are both told', () => {
    const hub = hubWith([binary('water_leak')]);
    const seen = '2026-11-22T02:00:00+01:00';
    const told = [true, false, true].map(
      (water_leak) => hub.say('hallen', { water_leak, last_seen: seen }, 10).readings[0],
    );
    expect(told.map((reading) => reading?.type)).toEqual([
      'water.detected',
      'water.cleared',
      'water.detected',
    ]);
    expect(new Set(told.map((reading) => reading?.time))).toEqual(new Set([began]));
    expect(told.every((reading) => reading?.id === null)).toBe(true);
  });

  test('of tampering and a low battery are told when they begin', () => {
    const hub = hubWith([binary('tamper'), binary('battery_low')]);
    const begins = hub.types('hallen', { tamper: true, battery_low: true });
    expect(begins).toEqual(['tamper.detected', 'battery.low']);
    expect(hub.types('hallen', { tamper: false, battery_low: false })).toEqual(heartbeat);
  });

  test('that a broker tells again after the line was down are no news', () => {
    const hub = hubWith([binary('contact', false, true), binary('occupancy')]);
    const state = { contact: false, occupancy: true, last_seen: began };
    expect(hub.types('hallen', state)).toEqual(['door.opened', 'motion.detected']);
    hub.say('bridge/devices', [
      listed({ address, name: 'hallen', exposes: [binary('contact', false, true)] }),
    ]);
    expect(hub.types('hallen', state)).toEqual(heartbeat);
  });

  test('are not read from what is metered by the same name', () => {
    const hub = hubWith([numeric('gas', 'm³'), numeric('smoke')]);
    expect(hub.types('hallen', { gas: 1, smoke: 1 })).toEqual(heartbeat);
    expect(new TestHub().types('unknown', { gas: 1 })).toEqual(heartbeat);
  });

  test('of settings are none', () => {
    const setting = { ...binary('smoke'), name: 'smoke_sensitivity', access: 7 };
    const hub = hubWith([{ ...binary('fall_detection', 'ON', 'OFF'), access: 7 }, setting]);
    expect(hub.types('hallen', { fall_detection: 'ON', smoke_sensitivity: true })).toEqual(
      heartbeat,
    );
  });
});

describe('a smoke alarm', () => {
  const exposes = [binary('smoke'), binary('test'), binary('battery_low')];

  test('that is tested is no fire', () => {
    const hub = hubWith(exposes);
    expect(hub.types('hallen', { smoke: true, test: true })).toEqual(['test.pressed']);
    expect(hub.types('hallen', { smoke: true, test: true })).toEqual(heartbeat);
    expect(hub.types('hallen', { smoke: false, test: false })).toEqual(heartbeat);
    expect(hub.types('hallen', { smoke: true, test: false })).toEqual(['smoke.detected']);
  });

  test('that has said `test` ever since it was tested still tells a fire', () => {
    const hub = hubWith(exposes);
    hub.say('hallen', { smoke: false, test: true });
    expect(hub.types('hallen', { smoke: true, test: true }, 3_600_000)).toEqual(['smoke.detected']);
  });

  test('that never took back the smoke of its test is no fire an hour later', () => {
    const hub = hubWith(exposes);
    hub.say('hallen', { smoke: true, test: true });
    expect(hub.types('hallen', { smoke: true, test: true }, 3_600_000)).toEqual(heartbeat);
    hub.say('hallen', { smoke: false, test: true });
    expect(hub.types('hallen', { smoke: true, test: true })).toEqual(['smoke.detected']);
  });

  test('with smoke that outlasts the test is a fire', () => {
    const hub = hubWith(exposes);
    hub.say('hallen', { smoke: true, test: true });
    expect(hub.types('hallen', { smoke: true, test: false })).toEqual(['smoke.detected']);
  });
});

describe('a button', () => {
  const button = [words('action', ['off', 'single', 'double', 'hold']), numeric('battery', '%')];

  test('calls for help by the words for it, and the empty word takes nothing back', () => {
    const hub = new TestHub();
    expect(hub.types('knappen', { action: 'emergency', battery: null })).toEqual(['help.pressed']);
    for (const action of ['', ' ', null]) {
      const told = hub.say('knappen', { action, battery: null });
      expect(told.readings.map(({ type }) => type)).toEqual(heartbeat);
      expect(told).not.toHaveProperty('notUnderstood');
    }
    expect(hub.types('knappen', { action: 'SOS' })).toEqual(['help.pressed']);
    expect(hub.types('knappen', { action: 'panic' })).toEqual(['help.pressed']);
  });

  test('that is nothing else calls for help however it is pressed, and not when it is let go', () => {
    const hub = hubWith(button);
    for (const action of ['single', 'double', 'hold']) {
      expect(hub.types('hallen', { action })).toEqual(['help.pressed']);
    }
    for (const action of ['off', 'release', 'hold_release', '']) {
      expect(hub.types('hallen', { action })).toEqual(heartbeat);
    }
  });

  test('of a lamp calls nobody, and is shown to technicians', () => {
    const hub = hubWith([
      words('action', ['single_left', 'on_left']),
      binary('state', 'ON', 'OFF'),
    ]);
    const { readings, notUnderstood } = hub.say('hallen', { action: 'single_left' });
    expect(readings).toMatchObject([
      { type: 'unknown', data: { originalType: 'single_left' }, source: address },
    ]);
    expect(notUnderstood).toEqual([{ source: address, what: 'action', example: 'single_left' }]);
  });

  test('of a motion sensor that can also call is heard', () => {
    const hub = hubWith([binary('occupancy'), words('action', ['emergency', 'single'])]);
    expect(hub.types('hallen', { action: 'emergency' })).toEqual(['help.pressed']);
    expect(hub.types('hallen', { action: 'single' })).toEqual(['unknown']);
  });

  test('that nobody has described yet calls when it is pressed, rather than be missed', () => {
    expect(new TestHub().types('ny', { action: 'single' })).toEqual(['help.pressed']);
  });

  test('press that is sent again with its time is the same press, and a later one another', () => {
    const hub = hubWith(button);
    const press = (last_seen: number) =>
      hub.say('hallen', { action: 'single', last_seen }).readings[0]?.id;
    const first = press(began);
    expect(first).toMatch(/^[\w-]{22}$/);
    expect(press(began)).toBe(first);
    expect(press(began + 2_000)).not.toBe(first);
  });

  test('press of which nothing tells the time is left to the link to recognise', () => {
    expect(hubWith(button).say('hallen', { action: 'single' }).readings[0]?.id).toBeNull();
  });

  test('is heard once when its action also has a topic of its own', () => {
    const hub = hubWith(button);
    expect(hub.types('hallen', { action: 'single' })).toEqual(['help.pressed']);
    expect(hub.say('hallen/action', 'single').readings).toEqual([]);
  });

  test('is heard on the topic of its own when there is no other', () => {
    expect(hubWith(button).types('hallen/action', 'single')).toEqual(['help.pressed']);
  });
});

describe('a fall', () => {
  const exposes = [words('fall_status', ['none', 'maybe_fall', 'fall']), binary('presence')];

  test('is told once, when it is confirmed, and again only after it was over', () => {
    const hub = hubWith(exposes);
    expect(hub.types('hallen', { fall_status: 'none' })).toEqual(heartbeat);
    expect(hub.types('hallen', { fall_status: 'fall' })).toEqual(['fall.detected']);
    expect(hub.types('hallen', { fall_status: 'fall' })).toEqual(heartbeat);
    expect(hub.types('hallen', { fall_status: 'maybe_fall' })).toEqual(heartbeat);
    expect(hub.types('hallen', { fall_status: 'fall' })).toEqual(heartbeat);
    expect(hub.types('hallen', { fall_status: 'none' })).toEqual(heartbeat);
    expect(hub.types('hallen', { fall_status: 'fall' })).toEqual(['fall.detected']);
  });

  test('that is only suspected is written down and calls nobody', () => {
    expect(hubWith(exposes).types('hallen', { fall_status: 'maybe_fall' })).toEqual([
      'fall.suspected',
    ]);
  });

  test.each(['fall_alarm', 'fall confirmed', 'calling'])('reads %s as one', (word) => {
    expect(new TestHub().types('r', { fall_status: word })).toEqual(['fall.detected']);
  });

  test.each(['normal', 'none', 'fall exit', 'finished', 'unknown'])('is not in %s', (word) => {
    expect(new TestHub().types('r', { fall_status: word })).toEqual(heartbeat);
  });
});

describe('measurements', () => {
  test('are read from numbers and texts, and a voltage is no percentage', () => {
    const hub = new TestHub();
    const { readings } = hub.say('a', { battery: '80.00', voltage: 3015, temperature: 21.4 });
    expect(readings.map(({ type, data }) => ({ type, data }))).toEqual([
      { type: 'temperature.measured', data: { celsius: 21.4 } },
      { type: 'battery.measured', data: { percent: 80 } },
    ]);
    expect(hub.types('a', { voltage: 3.0 })).toEqual(heartbeat);
    expect(hub.types('a', { device_temperature: 35 })).toEqual(heartbeat);
  });

  test('of the battery are told when they change, and once a day', () => {
    const hub = new TestHub();
    const day = 86_400_000;
    expect(hub.types('a', { battery: 90 })).toEqual(['battery.measured']);
    expect(hub.types('a', { battery: 90 }, day - 1)).toEqual(heartbeat);
    expect(hub.types('a', { battery: 90 }, 1)).toEqual(['battery.measured']);
    expect(hub.types('a', { battery: 89 })).toEqual(['battery.measured']);
  });

  test('of the link, temperature and humidity are told when they change enough', () => {
    const hub = new TestHub();
    hub.say('a', { linkquality: 100, temperature: 20, humidity: 40 });
    expect(hub.types('a', { linkquality: 109, temperature: 20.1, humidity: 41.9 })).toEqual(
      heartbeat,
    );
    expect(hub.types('a', { linkquality: 110, temperature: 20.2, humidity: 42 })).toEqual([
      'temperature.measured',
      'humidity.measured',
      'link.measured',
    ]);
    expect(hub.types('a', { linkquality: 110, temperature: 20.2 }, 600_000)).toEqual([
      'temperature.measured',
    ]);
  });

  test('of light and power are told when they change by a tenth, and twice an hour', () => {
    const hub = new TestHub();
    const first = hub.say('a', { illuminance: 400, power: 7.2 });
    expect(first.readings.map(({ type, data }) => [type, data])).toEqual([
      ['illuminance.measured', { lux: 400 }],
      ['power.measured', { watts: 7.2 }],
    ]);
    expect(hub.types('a', { illuminance: 439, power: 9.1 })).toEqual(heartbeat);
    expect(hub.types('a', { illuminance: 440, power: 2_000 })).toEqual([
      'illuminance.measured',
      'power.measured',
    ]);
    expect(hub.types('a', { illuminance: 440, power: 2_000 }, 1_800_000)).toEqual([
      'illuminance.measured',
      'power.measured',
    ]);
  });

  test('of light are in lux where the sensor tells its own count too, and nothing is drawn by what gives back', () => {
    const { readings } = new TestHub().say('a', {
      illuminance: 21_000,
      illuminance_lux: 126,
      power: -40,
    });
    expect(readings.map(({ data }) => data)).toEqual([{ lux: 126 }, { watts: 0 }]);
  });

  test('that cannot be are shown to technicians', () => {
    const { readings, notUnderstood } = new TestHub().say('a', { battery: 255, humidity: 'wet' });
    expect(readings.map(({ type }) => type)).toEqual(heartbeat);
    expect(notUnderstood?.map(({ what }) => what)).toEqual(['humidity', 'battery']);
  });
});

describe('the time', () => {
  test.each([
    ['an instant', '2026-11-22T02:13:07.250+01:00'],
    ['local time', '2026-11-22T02:13:07.250'],
    ['milliseconds', Date.UTC(2026, 10, 22, 1, 13, 7, 250)],
    ['seconds', Date.UTC(2026, 10, 22, 1, 13, 7, 250) / 1_000],
    ['milliseconds as text', String(Date.UTC(2026, 10, 22, 1, 13, 7, 250))],
  ])('is read from %s', (_, last_seen) => {
    const [reading] = new TestHub().say('a', { contact: false, last_seen }).readings;
    expect(reading?.time).toBe(Date.UTC(2026, 10, 22, 1, 13, 7, 250));
    expect(reading?.id).toMatch(/^[\w-]{22}$/);
  });

  test.each([[undefined], [null], ['disable'], [0], [1_234], ['1970-01-01T00:00:05Z'], [{}]])(
    'is none in %j',
    (last_seen) => {
      const [reading] = new TestHub().say('a', { contact: false, last_seen }).readings;
      expect(reading).toMatchObject({ type: 'door.opened', time: null });
    },
  );

  test('tells an edge that is sent again from a new one', () => {
    const first = new TestHub();
    const again = new TestHub();
    const at = (ms: number) => ({ contact: false, last_seen: began + ms });
    const id = first.say('0x01', at(1)).readings[0]?.id;
    expect(again.say('0x01', at(1), 50_000).readings[0]?.id).toBe(id);
    expect(new TestHub().say('0x01', at(2)).readings[0]?.id).not.toBe(id);
    expect(new TestHub().say('0x02', at(1)).readings[0]?.id).not.toBe(id);
  });
});
