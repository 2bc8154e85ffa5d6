import fc from 'fast-check';
import { expect, test } from 'vitest';

import { frigate } from '../../../gateway/dialects/frigate.ts';
import { createHub, receivedAt, typesOf } from './reading.ts';

const object = {
  id: '1795313580.12-abcdef',
  camera: 'Bedroom',
  label: 'person',
  sub_label: ['Eva Ek', 0.9],
  recognized_license_plate: 'ABC123',
  false_positive: false,
  top_score: 0.91,
  start_time: 1_795_313_580.12,
  frame_time: 1_795_313_584.5,
  entered_zones: [] as string[],
  end_time: null,
};
function events(after: object, type = 'update') {
  return { type, before: object, after: { ...object, ...after } };
}

test('tells of a person once, and once for each zone that is entered', () => {
  const hub = createHub(frigate);
  const first = hub.says('frigate/events', events({}, 'new'));
  expect(first.readings).toContainEqual({
    id: expect.stringMatching(/^[\w-]{22}$/),
    type: 'person.seen',
    time: 1_795_313_580_120,
    data: { confidence: 0.91 },
    source: 'bedroom',
  });
  const second = hub.says('frigate/events', events({ entered_zones: ['floor'] }));
  expect(second.readings.filter(({ type }) => type === 'person.seen')).toEqual([
    expect.objectContaining({ data: { confidence: 0.91, zone: 'floor' }, time: 1_795_313_584_500 }),
  ]);
  const again = hub.says('frigate/events', events({ entered_zones: ['floor'] }, 'end'));
  expect(typesOf(again)).not.toContain('person.seen');
  expect(again.readings).toContainEqual(
    expect.objectContaining({ type: 'device.heartbeat', source: 'bedroom' }),
  );
});

test('gives the same object and zone the same id, even if all is forgotten', () => {
  const ids = [1, 2].map(() => {
    const told = createHub(frigate).says('frigate/events', events({ entered_zones: ['bed'] }));
    return told.readings.find(({ type }) => type === 'person.seen')?.id;
  });
  expect(ids[0]).toBe(ids[1]);
});

test.for([
  ['what was no person after all', { false_positive: true }],
  ['a car', { label: 'car' }],
])('tells nothing of %s but that the camera lives', ([, after]) => {
  const told = createHub(frigate).says('frigate/events', events(after as object));
  expect(new Set(typesOf(told))).toEqual(new Set(['device.heartbeat']));
});

test.for([
  ['frigate/events', events({ entered_zones: ['bed'] })],
  [
    'frigate/tracked_object_update',
    { type: 'face', camera: 'hall', name: 'Eva Ek', description: 'Eva Ek in red', plate: 'ABC123' },
  ],
  ['frigate/reviews', { after: { camera: 'hall', data: { sub_labels: ['Eva Ek'] } } }],
  ['frigate/hall/audio/transcription', 'Eva Ek said ABC123'],
  ['frigate/hall/person/snapshot', 'Eva Ek ABC123'],
  ['frigate/hall/strange/topic', 'Eva Ek ABC123'],
] as const)('keeps no name, plate, description or picture of %s', ([topic, payload]) => {
  const told = createHub(frigate).says(topic, payload);
  const kept = JSON.stringify([told.readings, told.notUnderstood, [...(told.remember ?? [])]]);
  expect(kept).not.toMatch(/Eva|ABC123|red/);
  expect(told.refused).toEqual([]);
  expect(told.readings.length).toBeGreaterThan(0);
});

test('says that Frigate is gone, once, and that it is back', () => {
  const hub = createHub(frigate);
  expect(hub.says('frigate/available', 'online').readings).toMatchObject([
    { type: 'device.heartbeat' },
  ]);
  const gone = hub.says('frigate/available', 'offline').readings;
  expect(gone).toEqual([
    { id: null, type: 'reach.lost', time: null, data: { by: 'frigate', reason: 'offline' } },
  ]);
  expect(typesOf(hub.says('frigate/available', 'stopped'))).not.toContain('reach.lost');
  expect(typesOf(hub.says('frigate/available', 'online'))).toEqual(['reach.restored']);
});

test('says that a camera is gone, which is no sign of its life', () => {
  const hub = createHub(frigate);
  const gone = hub.says('frigate/hall/status/detect', 'offline').readings;
  const ofHall = gone.filter(({ source }) => source === 'hall');
  expect(ofHall).toMatchObject([{ type: 'reach.lost', data: { reason: 'offline' } }]);
  const again = hub.says('frigate/hall/status/detect', 'offline').readings;
  expect(again.filter(({ source }) => source === 'hall')).toEqual([]);
  expect(typesOf(hub.says('frigate/hall/status/detect', 'online'))).toContain('reach.restored');
});

test('hears a scream when it begins, and no talk or bark', () => {
  const hub = createHub(frigate);
  expect(hub.says('frigate/hall/audio/scream', 'ON').readings).toMatchObject([
    { type: 'sound.loud', source: 'hall', data: { sound: 'scream' } },
  ]);
  for (const [topic, said] of [
    ['scream', 'ON'],
    ['scream', 'OFF'],
    ['speech', 'ON'],
    ['bark', 'ON'],
    ['dBFS', '-38.2'],
    ['rms', '12.5'],
  ]) {
    expect(typesOf(hub.says(`frigate/hall/audio/${topic}`, said))).toEqual(['device.heartbeat']);
  }
  expect(typesOf(hub.says('frigate/hall/audio/scream', 'ON'))).toEqual(['sound.loud']);
});

test('hears the next scream though the end of the last was lost', () => {
  const hub = createHub(frigate);
  hub.says('frigate/hall/audio/yell', 'ON');
  const later = hub.says('frigate/hall/audio/yell', 'ON', receivedAt + 120_000);
  expect(typesOf(later)).toEqual(['sound.loud']);
});

test('takes a camera without pictures for a silent one', () => {
  const cameras = { hall: { camera_fps: 5.1 }, kitchen: { camera_fps: 0 } };
  const told = createHub(frigate).says('frigate/stats', { cameras });
  expect(told.readings.map(({ source }) => source)).toEqual([undefined, 'hall']);
  expect(told.found?.map(({ address }) => address)).toEqual(['hall', 'kitchen']);
});

test('finds a camera once, and takes no zone for one', () => {
  const hub = createHub(frigate);
  expect(hub.says('frigate/garden/person', '1').found).toEqual([]);
  const [found] = hub.says('frigate/hall/status/detect', 'online').found ?? [];
  expect(found).toMatchObject({
    address: 'hall',
    profile: { kind: 'night-camera', supervision: { class: 'mains' } },
  });
  expect(hub.says('frigate/hall/person', '1').found).toEqual([]);
});

test('tells of life at most once a minute', () => {
  const ids = [0, 10_000, 70_000].map((later) => {
    const told = createHub(frigate).says('frigate/hall/audio/rms', '1', receivedAt + later);
    return told.readings[0]?.id;
  });
  expect(ids[0]).toBe(ids[1]);
  expect(ids[0]).not.toBe(ids[2]);
});

test.for([
  ['frigate/events', 'garbage'],
  ['frigate/events', []],
  ['frigate/events', { after: { label: 'person' } }],
] as const)('refuses %s without sense', ([topic, payload]) => {
  expect(createHub(frigate).says(topic, payload).refused).toHaveLength(1);
});

test('says nothing of an empty message, which clears a retained one', () => {
  const told = createHub(frigate).says('frigate/available', '');
  expect([told.readings, told.refused]).toEqual([[], []]);
});

test('never throws, whatever it is told and remembers', () => {
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), fc.jsonValue(), (topic, payload, remembered) => {
      const said = {
        topic: `frigate/${topic}`,
        payload: new TextEncoder().encode(JSON.stringify({ after: payload, cameras: payload })),
        receivedAt,
        timeZone: 'Europe/Stockholm',
      };
      const read = () =>
        frigate.read(said, { get: () => JSON.parse(JSON.stringify(remembered)) as null });
      expect(read).not.toThrow();
    }),
    { numRuns: 300, seed: 5 },
  );
});
