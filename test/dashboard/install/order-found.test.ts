import { expect, test } from 'vitest';

import { hasJustTold, orderFound } from '../../../dashboard/install/order-found.ts';
import { FoundView } from '../../../gateway/protocol/device/hub.ts';

const now = 1_000_000;

function found(label: string, given: Partial<FoundView> = {}): FoundView {
  return FoundView.parse({
    hubId: 'hub-1',
    address: `address of ${label}`,
    dialect: 'zigbee2mqtt',
    label,
    vendor: null,
    model: null,
    firmware: null,
    profile: null,
    firstSeenAt: 0,
    lastSeenAt: 0,
    messages: 1,
    lastType: null,
    batteryPercent: null,
    lqi: null,
    rssiDbm: null,
    isGone: false,
    deviceId: null,
    notUnderstood: [],
    ...given,
  });
}

test('whoever presses the button sees which one it is: it moves to the top', () => {
  const all = [
    found('a'),
    found('pressed before', { lastType: 'help.pressed', lastSeenAt: now - 10_000 }),
    found('pressed now', { lastType: 'help.pressed', lastSeenAt: now - 1_000 }),
    found('left the network', { lastType: 'help.pressed', lastSeenAt: now, isGone: true }),
  ];
  const order = orderFound(all, now).map(({ label }) => label);
  expect(order).toEqual(['pressed now', 'pressed before', 'a']);
});

test('the others stand still, however often they say how well they are heard', () => {
  const all = [found('b', { lastSeenAt: now }), found('a', { lastSeenAt: now - 5_000 })];
  expect(orderFound(all, now).map(({ label }) => label)).toEqual(['a', 'b']);
});

test('is marked for a while only', () => {
  const told = { lastType: 'door.opened', lastSeenAt: now - 60_000 };
  expect(hasJustTold(told, now)).toBe(false);
  expect(hasJustTold({ ...told, lastSeenAt: now }, now)).toBe(true);
});
