import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, expect, test, vi } from 'vitest';

import { SinkRow } from '../../../dashboard/telemetry/sink-row.tsx';
import { LanguageProvider } from '../../../dashboard/text/language-context.tsx';
import type { TelemetryStatus } from '../../../gateway/protocol/series/series.ts';

beforeEach(() => {
  vi.stubGlobal('navigator', { languages: ['sv-SE'] });
  return () => vi.unstubAllGlobals();
});

function textOf(some: Partial<TelemetryStatus['sinks'][number]>): string {
  const sink = {
    name: 'influx-2',
    state: 'up-to-date' as const,
    lagMs: 0,
    written: 12_345,
    refused: 0,
    trouble: null,
    since: null,
    ...some,
  };
  const row = createElement(SinkRow, { sink, isAsked: true });
  return renderToStaticMarkup(createElement(LanguageProvider, null, row))
    .replaceAll(/<[^>]*>/g, '|')
    .replaceAll(/\|+/g, '|')
    .replaceAll('\u00a0', ' ');
}

test('is calm while all is well', () => {
  const text = textOf({});
  expect(text).toContain('|InfluxDB 2 eller 3|diagrammen läser härifrån|✓| I fas|');
  expect(text).toContain('|Eftersläpning|ingen|');
  expect(text).not.toContain('Kontrollera');
});

test('a store that cannot be written to says how far behind it is, what it said and what to do', () => {
  const text = textOf({
    state: 'waiting',
    lagMs: 3 * 3_600_000,
    refused: 2,
    trouble: 'ECONNREFUSED',
  });
  expect(text).toContain('|!| Väntar|');
  expect(text).toContain('|Eftersläpning|3 tim|');
  expect(text).toContain('|Fel|ECONNREFUSED|');
  expect(text).toContain('Kontrollera att servern är igång');
});
