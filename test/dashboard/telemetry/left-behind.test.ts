import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, expect, test, vi } from 'vitest';

import { LeftBehind } from '../../../dashboard/telemetry/left-behind.tsx';
import { LanguageProvider } from '../../../dashboard/text/language-context.tsx';

function textOf(stores: readonly { name: string; homes: number }[]): string {
  const section = createElement(LeftBehind, { stores: [...stores] });
  return renderToStaticMarkup(createElement(LanguageProvider, null, section)).replaceAll(
    /<[^>]*>/g,
    '',
  );
}

beforeEach(() => {
  vi.stubGlobal('navigator', { languages: ['sv-SE'] });
  return () => vi.unstubAllGlobals();
});

test('says nothing while nothing is left behind', () => {
  expect(textOf([])).toBe('');
});

test('says how many homes are to be erased where Vaka no longer writes, and both ways to do it', () => {
  const text = textOf([{ name: 'influx-1', homes: 2 }]);
  expect(text).toContain('InfluxDB 1! 2 hem ska raderas');
  expect(text).toContain('Ange influx-1 i VAKA_TELEMETRY igen');
  expect(text).toContain('vaka telemetry forget influx-1');
});
