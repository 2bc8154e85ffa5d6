import { describe, expect, test } from 'vitest';

import {
  contextsOf,
  createMayUse,
  type HomeHistory,
  residentsOf,
} from '../../../gateway/domain/history.ts';
import type { LogEntry } from '../../../gateway/domain/ledger.ts';

const button = {
  id: 'button',
  name: 'Larmknapp',
  profile: 'call-button',
  placement: 'worn',
  from: 100,
  until: null,
};
const bed = { ...button, id: 'bed', profile: 'bed-sensor', placement: 'bed', from: 50, until: 200 };
const consent = { purpose: 'help', residentId: 'elsa', from: 0, until: null } as const;

function home(more: Partial<HomeHistory> = {}): HomeHistory {
  return {
    id: 'home',
    municipalityId: 'norr',
    unitId: 'norr-1',
    label: 'Storgatan 1',
    timeZone: 'Europe/Stockholm',
    flags: ['fall-risk'],
    residents: [{ id: 'elsa', isCohabitant: false }],
    consents: [consent],
    placed: [bed, button],
    ...more,
  };
}

function entry(deviceId: string, type: LogEntry['type']): LogEntry {
  const at = { at: 0, receivedAt: 0, data: {} };
  return { municipalityId: 'norr', homeId: 'home', deviceId, id: 'e', type, ...at };
}

describe('a home over time', () => {
  test('has its devices from when they were placed until they were taken away', () => {
    const contexts = contextsOf(home(), 0).map(
      ({ from, context }) => `${from}: ${context.devices.map(({ id }) => id).join()}`,
    );
    expect(contexts).toEqual(['0: ', '50: bed', '100: bed,button', '200: button']);
  });

  test('is waited for from where knowledge of it begins', () => {
    const [first, second] = contextsOf(home(), 70);
    expect(first.context.devices).toMatchObject([{ id: 'bed', placedAt: 70 }]);
    expect(second?.context.devices).toMatchObject([{ placedAt: 70 }, { placedAt: 100 }]);
    expect(first.context.flags).toEqual(['fall-risk']);
  });

  test('tells what all who live there agreed to then, and still do', () => {
    const dated = contextsOf(home({ consents: [{ ...consent, from: 150 }] }), 120);
    const tells = dated.map(({ from, context }) => [
      from,
      context.devices.find(({ id }) => id === 'button')?.tells,
    ]);
    expect(tells).toEqual([
      [120, ['test.pressed', 'battery.measured']],
      [150, ['help.pressed', 'test.pressed', 'battery.measured']],
      [200, ['help.pressed', 'test.pressed', 'battery.measured']],
    ]);
    const withdrawn = contextsOf(home({ consents: [{ ...consent, until: 900 }] }), 120);
    expect(withdrawn[0].context.devices[1]?.tells).toEqual(['test.pressed', 'battery.measured']);
  });

  test('is for its residents, and not for those who live with them', () => {
    const both = [
      { id: 'elsa', isCohabitant: false },
      { id: 'nils', isCohabitant: true },
    ];
    expect(residentsOf(home({ residents: both }))).toBe(1);
  });
});

describe('an event may be used', () => {
  test('as long as everybody who lives there agrees to what it tells', () => {
    const mayUse = createMayUse(home());
    expect(mayUse(entry('button', 'help.pressed'))).toBe(true);
    expect(mayUse(entry('bed', 'bed.left'))).toBe(false);
    expect(mayUse(entry('button', 'device.heartbeat'))).toBe(true);
    const withdrawn = createMayUse(home({ consents: [{ ...consent, until: 900 }] }));
    expect(withdrawn(entry('button', 'help.pressed'))).toBe(false);
    const alone = home({
      residents: [
        { id: 'elsa', isCohabitant: false },
        { id: 'nils', isCohabitant: true },
      ],
    });
    expect(createMayUse(alone)(entry('button', 'help.pressed'))).toBe(false);
  });
});
