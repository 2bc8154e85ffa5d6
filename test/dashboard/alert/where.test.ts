import { expect, test } from 'vitest';

import { whereOf } from '../../../dashboard/alert/where.ts';
import { anAlert } from './alert-view.ts';

test('tells who and where in one line, in the language of the reader', () => {
  expect(whereOf(anAlert(), 'sv')).toBe('Elsa B · Skogsgatan 4, sovrum');
  expect(whereOf(anAlert(), 'en')).toBe('Elsa B · Skogsgatan 4, bedroom');
});

test('leaves out the name of one the reader may not know, and a place that is none', () => {
  const worn = { id: 'd', name: 'Knapp', placement: 'worn' };
  expect(whereOf(anAlert({ resident: null, device: worn }), 'sv')).toBe('Skogsgatan 4');
  expect(whereOf(anAlert({ resident: null, device: null }), 'sv')).toBe('Skogsgatan 4');
});
