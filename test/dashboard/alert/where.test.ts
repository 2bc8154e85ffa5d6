import { expect, test } from 'vitest';

import { placeOf, unitWords, whereOf } from '../../../dashboard/alert/where.ts';
import type { Me } from '../../../gateway/protocol/api.ts';
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

test('tells an alert about the service itself by the unit or the municipality it concerns', () => {
  expect(placeOf(anAlert({ home: null, device: null }), 'sv')).toBe('Nattpatrullen');
  expect(placeOf(anAlert({ home: null, unit: null }), 'sv')).toBe('Norrköpinge');
});

test('names the municipality only where it is not the reader’s own', () => {
  const me = (id: string): Me => ({
    id: 'me',
    name: 'Johan',
    role: 'carer',
    municipality: { id, name: id, timeZone: 'Europe/Stockholm' },
    units: [],
  });
  expect(unitWords(anAlert(), me('norr'))).toBe('Nattpatrullen');
  expect(unitWords(anAlert(), me('soder'))).toBe('Nattpatrullen, Norrköpinge');
});
