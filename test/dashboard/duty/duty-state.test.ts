import { expect, test } from 'vitest';

import { dutiesNow, missedUnits, standingOf } from '../../../dashboard/duty/duty-state.ts';
import type { DutyPage, DutyView } from '../../../gateway/protocol/duty/duty.ts';

const me = { id: 'me', name: 'Johan' };
const night = { id: 'night', name: 'Nattpatrullen' };
const day = { id: 'day', name: 'Hemtjänsten' };

function aDuty(facts: Partial<DutyView> = {}): DutyView {
  return {
    id: 'duty-1',
    person: me,
    unit: night,
    from: 0,
    until: 100,
    checkedInBy: null,
    ...facts,
  };
}

function aPage(facts: Partial<DutyPage> = {}): DutyPage {
  return { mine: [], choices: [aChoice(night)], mayBeOnCall: false, onCall: [], ...facts };
}

function aChoice(unit: typeof night, isKept = true) {
  return { unit, isKept, proposedUntil: 500, onDuty: [], members: [me] };
}

test('is off duty where check-in is kept, until one has checked in', () => {
  expect(standingOf(aPage(), 50).is).toBe('off');
  expect(standingOf(aPage({ mine: [aDuty()] }), 50)).toMatchObject({ is: 'on', others: 0 });
});

test('is off duty by itself at the end, before the gateway has been asked again', () => {
  const page = aPage({ mine: [aDuty()] });
  expect([99, 100].map((now) => standingOf(page, now).is)).toEqual(['on', 'off']);
});

test('shows the duty that lasts longest, and how many more there are', () => {
  const page = aPage({ mine: [aDuty(), aDuty({ id: 'duty-2', unit: day, until: 900 })] });
  expect(standingOf(page, 50)).toMatchObject({ is: 'on', duty: { id: 'duty-2' }, others: 1 });
  expect(dutiesNow(page, 500).map(({ id }) => id)).toEqual(['duty-2']);
});

test('does not ask those to check in whom alerts ask all the same', () => {
  const always = aPage({ choices: [aChoice(night), aChoice(day, false)] });
  expect(standingOf(always, 50).is).toBe('always');
  expect(standingOf(aPage({ choices: [], mayBeOnCall: true }), 50).is).toBe('always');
});

test('knows which units wait for a check-in', () => {
  const page = aPage({ choices: [aChoice(night), aChoice(day)], mine: [aDuty()] });
  expect(missedUnits(page, 50).map(({ unit }) => unit.id)).toEqual(['day']);
});
