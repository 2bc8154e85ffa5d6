import { describe, expect, test } from 'vitest';

import {
  type Arrangements,
  type Duty,
  noArrangements,
  type PersonFile,
  type UnitFile,
} from '../../../../gateway/domain/duty/arrangement.ts';
import { reachOf } from '../../../../gateway/domain/duty/reach.ts';
import type { PersonChannel, Target } from '../../../../gateway/protocol/duty/policy.ts';

const alert = { municipalityId: 'norr', unitId: 'patrol', unitUntil: 700 };

function unit(id: string, some: Partial<UnitFile> = {}): UnitFile {
  const own = { municipalityId: 'norr', name: id, kind: 'team', endpointId: null } as const;
  return { id, ...own, duty: 'check-in', serves: [], ...some };
}

function person(id: string, some: Partial<PersonFile> = {}): PersonFile {
  return { id, municipalityId: 'norr', role: 'carer', units: ['patrol'], pushes: 0, ...some };
}

function duty(personId: string, unitId: string | null, from = 0, until = 1_000): Duty {
  const id = `${personId} ${unitId}`;
  return { id, municipalityId: 'norr', personId, unitId, from, until, byId: personId };
}

function arranged(some: {
  units?: UnitFile[];
  people?: PersonFile[];
  duties?: Duty[];
  endpoints?: string[];
}): Arrangements {
  const { units = [unit('patrol')], people = [], duties = [], endpoints = [] } = some;
  return {
    ...noArrangements,
    units: new Map(units.map((each) => [each.id, each])),
    people: new Map(people.map((each) => [each.id, each])),
    endpoints: new Map(endpoints.map((id) => [id, { id, municipalityId: 'norr', name: id }])),
    duties,
  };
}

function reached(
  arrangements: Arrangements,
  asks: Target[],
  { at = 10, channels = ['screen'] }: { at?: number; channels?: PersonChannel[] } = {},
) {
  return reachOf(arrangements, alert, { asks, channels }, at);
}

const responsible: Target = { who: 'responsible-unit' };

describe('the unit that answers', () => {
  const carers = { people: [person('amina'), person('johan')] };

  test('reaches those who have checked in, from their first moment to the last', () => {
    const arrangements = arranged({ ...carers, duties: [duty('amina', 'patrol', 10, 20)] });
    const people = (at: number) => reached(arrangements, [responsible], { at }).people;
    expect([people(9), people(10), people(19), people(20)]).toEqual([[], ['amina'], ['amina'], []]);
  });

  test('reaches nobody when nobody has, and is asked all the same, for its hours', () => {
    expect(reached(arranged(carers), [responsible])).toEqual({
      parties: [{ kind: 'unit', ref: 'patrol', until: 700 }],
      people: [],
      endpoints: [],
      isNobody: true,
    });
  });

  test('reaches all its carers where nobody checks in, and no others', () => {
    const people = [
      ...carers.people,
      person('all', { units: 'all' }),
      person('elsewhere', { units: ['day'] }),
      person('foreign', { units: 'all', municipalityId: 'syd' }),
      person('karin', { role: 'coordinator', units: 'all' }),
    ];
    const arrangements = arranged({ people, units: [unit('patrol', { duty: 'always' })] });
    expect(reached(arrangements, [responsible]).people).toEqual(['amina', 'johan', 'all']);
  });

  test('is reached by its webhook when it is an alarm centre', () => {
    const centre = unit('patrol', { kind: 'alarm-centre', endpointId: 'hook' });
    const asked = (endpoints: string[]) =>
      reached(arranged({ units: [centre], endpoints }), [responsible]);
    expect(asked(['hook'])).toMatchObject({ endpoints: ['hook'], isNobody: false });
    expect(asked([])).toMatchObject({ endpoints: [], isNobody: true });
  });
});

test('another unit is asked for as long as the alert lives', () => {
  const arrangements = arranged({
    units: [unit('patrol'), unit('next', { municipalityId: 'syd' })],
    people: [person('nora', { municipalityId: 'syd', units: ['next'] })],
    duties: [duty('nora', 'next')],
  });
  expect(reached(arrangements, [{ who: 'unit', unitId: 'next' }])).toMatchObject({
    parties: [{ kind: 'unit', ref: 'next', until: null }],
    people: ['nora'],
  });
});

test('everyone is everybody on duty in the municipality, and the unit that answers', () => {
  const arrangements = arranged({
    units: [unit('patrol', { municipalityId: 'syd' }), unit('day'), unit('evening')],
    people: [
      person('nora', { municipalityId: 'syd' }),
      person('dana', { units: ['day'] }),
      person('eva', { units: ['evening'] }),
    ],
    duties: [duty('nora', 'patrol'), duty('dana', 'day')],
  });
  expect(reached(arrangements, [{ who: 'everyone' }])).toEqual({
    parties: [
      { kind: 'unit', ref: 'patrol', until: 700 },
      { kind: 'everyone', ref: 'norr', until: null },
    ],
    people: ['nora', 'dana'],
    endpoints: [],
    isNobody: false,
  });
});

test('coordinators are those on call, or all when none is: never nobody, and never another place’s', () => {
  const coordinator = (id: string, municipalityId = 'norr') =>
    person(id, { role: 'coordinator', units: 'all', municipalityId });
  const people = [coordinator('karin'), coordinator('kurt'), coordinator('kim', 'syd')];
  const asked = (duties: Duty[]) =>
    reached(arranged({ people, duties }), [{ who: 'coordinators' }]).people;
  expect(asked([])).toEqual(['karin', 'kurt']);
  expect(asked([duty('kurt', null)])).toEqual(['kurt']);
  expect(asked([duty('kurt', null, 20)])).toEqual(['karin', 'kurt']);
});

test('people are asked by name, and may see what they are asked about', () => {
  const arrangements = arranged({
    people: [person('amina'), person('far', { municipalityId: 'syd' })],
  });
  const asked = reached(arrangements, [{ who: 'people', ids: ['amina', 'far', 'gone'] }]);
  expect(asked).toMatchObject({
    parties: [{ kind: 'person', ref: 'amina', until: null }],
    people: ['amina'],
  });
});

test('somebody whom none of the step’s channels can reach is not reached', () => {
  const arrangements = arranged({
    people: [person('amina'), person('johan', { pushes: 1 })],
    duties: [duty('amina', 'patrol'), duty('johan', 'patrol')],
  });
  const by = (...channels: PersonChannel[]) =>
    reached(arrangements, [responsible], { channels }).people;
  expect(by('push')).toEqual(['johan']);
  expect(by('push', 'email')).toEqual(['amina', 'johan']);
  expect(by('screen')).toEqual(['amina', 'johan']);
});

test('a party asked twice in one step may see it for the longer of the two', () => {
  const unitOf = { who: 'unit', unitId: 'patrol' } as const;
  for (const asks of [
    [responsible, unitOf],
    [unitOf, responsible],
  ]) {
    expect(reached(arranged({}), asks).parties).toEqual([
      { kind: 'unit', ref: 'patrol', until: null },
    ]);
  }
});
