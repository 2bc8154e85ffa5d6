import { describe, expect, test } from 'vitest';

import {
  firstPlacement,
  placementsFor,
  proposedName,
} from '../../../dashboard/install/proposal.ts';
import { placements } from '../../../gateway/protocol/placement.ts';

const contact = { profile: 'door-contact', model: null, placement: null, name: 'Dörrsensor' };
const motion = { ...contact, profile: 'motion-sensor' };
const button = { ...contact, profile: 'call-button' };

describe('a device that is to be placed', () => {
  test('is offered the likeliest place first, and every other after', () => {
    const offered = placementsFor(contact);
    expect(offered[0]).toBe('entrance');
    expect(offered.toSorted()).toEqual(Object.keys(placements).toSorted());
    expect(placementsFor({ ...contact, profile: 'no-such-kind' })).toHaveLength(offered.length);
  });

  test('is called after its door, after what it is and where, or just what it is when worn', () => {
    const named = (device: typeof contact, placement: keyof typeof placements) =>
      proposedName({ device, replaces: null }, placement, 'sv');
    expect(named(contact, 'entrance')).toBe('Ytterdörr');
    expect(named(motion, 'hall')).toBe('Rörelsesensor, hall');
    expect(named(button, 'worn')).toBe('Larmknapp');
    expect(proposedName({ device: contact, replaces: null }, 'balcony', 'en')).toBe('Balcony');
  });

  test('takes the place and the name of the one that it replaces, until it is put elsewhere', () => {
    const replaces = { deviceId: 'old', name: 'Köksdörren', placement: 'kitchen' };
    expect(firstPlacement({ device: contact, replaces })).toBe('kitchen');
    expect(proposedName({ device: contact, replaces }, 'kitchen', 'sv')).toBe('Köksdörren');
    expect(proposedName({ device: contact, replaces }, 'balcony', 'sv')).toBe('Balkong');
  });

  test('keeps what it was called when one looks back', () => {
    const placed = { ...contact, placement: 'balcony', name: 'Altandörren' };
    expect(firstPlacement({ device: placed, replaces: null })).toBe('balcony');
    expect(proposedName({ device: placed, replaces: null }, 'entrance', 'sv')).toBe('Altandörren');
  });
});
