import { expect, test } from 'vitest';

import { destinationAt } from '../../../dashboard/frame/destination.ts';

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
