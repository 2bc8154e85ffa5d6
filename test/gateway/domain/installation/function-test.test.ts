import { describe, expect, test } from 'vitest';

import { testsOf } from '../../../../gateway/domain/installation/function-test.ts';
import { eventTypes } from '../../../../gateway/protocol/catalogue.ts';
import { profiles } from '../../../../gateway/protocol/profile.ts';

describe('the function tests of a device', () => {
  test('are a door opened and closed, but of motion only that it is seen', () => {
    expect(testsOf(profiles['door-contact'].capabilities)).toEqual(['door.opened', 'door.closed']);
    expect(testsOf(profiles['motion-sensor'].capabilities)).toEqual(['motion.detected']);
    expect(testsOf(profiles['call-button'].capabilities)).toEqual(['help.pressed', 'test.pressed']);
  });

  test('ask for nothing that ends, is measured, or comes without anybody’s doing', () => {
    const asked = testsOf(eventTypes);
    for (const type of asked) {
      expect(type).not.toMatch(/\.(cleared|measured|low|restored|heartbeat|connected)$/);
    }
    expect(asked).toEqual(expect.arrayContaining(['tamper.detected', 'test.pressed']));
    for (const type of ['seizure.detected', 'medication.missed', 'power.lost'] as const) {
      expect(asked).not.toContain(type);
    }
  });

  test('are each asked once', () => {
    expect(testsOf(['help.pressed', 'help.pressed'])).toEqual(['help.pressed']);
  });
});
