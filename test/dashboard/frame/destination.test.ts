import { expect, test } from 'vitest';

import { destinationAt, wayOnFrom } from '../../../dashboard/frame/destination.ts';

test('the menu marks the page that one is on, also for what belongs to it', () => {
  const at = (path: string) => destinationAt('coordinator', path);
  expect(['/', '/homes/home-1/rules', '/rule-library/fall', '/units'].map(at)).toEqual([
    'board',
    'homes',
    'rules',
    'staffing',
  ]);
  expect(['/plan', '/policies', '/roster/norr', '/silences', '/endpoints'].map(at)).toEqual(
    Array.from({ length: 5 }, () => 'staffing'),
  );
  expect(['/alerts/a', '/duty', '/testing'].map(at)).toEqual([null, null, null]);
});

test('the menu marks only what a role goes to', () => {
  expect(destinationAt('technician', '/silences')).toBe('holds');
  expect(destinationAt('carer', '/units')).toBeNull();
});

test('whoever comes where nothing is for them is led to what it is under, or to where they start', () => {
  expect(wayOnFrom('technician', '/homes/home-1/history')).toBe('homes');
  expect(wayOnFrom('technician', '/reports/costs')).toBe('devices');
  expect(wayOnFrom('carer', '/rules/fall')).toBe('board');
  expect(wayOnFrom('carer', '/alerts/gone')).toBe('board');
  expect(wayOnFrom('administrator', '/nowhere')).toBe('devices');
});

test('nobody is led to where they are', () => {
  expect(wayOnFrom('carer', '/homes')).toBe('board');
  expect(wayOnFrom('technician', '/devices')).toBe('install');
});
