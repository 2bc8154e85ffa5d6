import { expect, test } from 'vitest';

import { destinationAt, destinationsOf } from '../../../dashboard/frame/destination.ts';

test('coordinators and administrators have reports, and nobody else', () => {
  const readers = (['carer', 'technician', 'coordinator', 'administrator'] as const).filter(
    (role) => destinationsOf(role).includes('reports'),
  );
  expect(readers).toEqual(['coordinator', 'administrator']);
});

test('telemetry is under the reports, and under the equipment for who has none', () => {
  expect(destinationAt('coordinator', '/telemetry')).toBe('reports');
  expect(destinationAt('technician', '/telemetry')).toBe('devices');
  expect(destinationAt('administrator', '/reports/benefit')).toBe('reports');
});
