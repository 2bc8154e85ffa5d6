import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { beforeEach, expect, test, vi } from 'vitest';

import { FollowUp } from '../../../dashboard/report/follow-up.tsx';
import { LanguageProvider } from '../../../dashboard/text/language-context.tsx';
import type { FollowUpReport } from '../../../gateway/protocol/report/follow-up.ts';
import { reportOf } from './follow-up-report.ts';

beforeEach(() => {
  vi.stubGlobal('navigator', { languages: ['sv-SE'] });
  return () => vi.unstubAllGlobals();
});

/** What the page says, without its marks; Swedish writes numbers with spaces that do not break. */
function textOf(report: FollowUpReport): string {
  const page = createElement(
    MemoryRouter,
    null,
    createElement(LanguageProvider, null, createElement(FollowUp, { report, everyUnit: null })),
  );
  return renderToStaticMarkup(page)
    .replaceAll('&lt;', '<')
    .replaceAll(/<(?=[/a-z])[^>]*>/g, '|')
    .replaceAll(/\|+/g, '|')
    .replaceAll(/[\u00a0\u202f]/g, ' ');
}

test('says first, in sentences, how many alerts there were and how soon they were answered', () => {
  expect(textOf(reportOf())).toContain(
    '1 oktober 2026 – 31 oktober 2026: 412 vårdlarm. Rapporten omfattar 63 hem. Av dem som skulle besvaras besvarades 62 % inom 30 sekunder, 87,5 % inom en minut och 98 % inom tre minuter. 2 larm tog ingen: de upphörde av sig själva, avslutades direkt eller väntar fortfarande. Sammanlagt 1 tim 35 min var ingen i tjänst för arbetslag som hade ansvar.',
  );
});

test('writes times, shares, gaps and floods as people do', () => {
  const text = textOf(reportOf());
  expect(text).toContain('|svar|412|22 s|1 min 6 s|1 min 28 s|3 min 18 s|7 min 20 s|');
  expect(text).toContain('|Ytterdörren öppen nattetid|120|118|40|33,9 %|');
  expect(text).toContain('|Nattpatrullen|10 dygn 8 tim|1 tim 35 min|0,6 %|');
  expect(text).toContain('|3 oktober 00:00–00:45|45 min|');
  expect(text).toContain('|2 oktober 00:00–00:10|26|');
  expect(text).toContain('|v. 41, från 5 oktober|96|1 min 28 s|20 %|');
});

test('says plainly what is too few to be shown, and what nobody has resolved yet', () => {
  const text = textOf(reportOf());
  expect(text).toContain('|2 regler med få hem, tillsammans|3|–|–|för få för att visas|');
  expect(text).toContain('|Dörrkontakt|120|0|0|inget avslutat än|');
  expect(text).toContain('|2 sorter med få hem, tillsammans|3|för få för att visas|–|');
});

test('never rounds up to all of the time, nor down to none of it', () => {
  const text = textOf(reportOf());
  expect(text).toContain('|63|99,9 %|5 tim 10 min|');
  expect(text).toContain('|Andel av tiden med flod|< 0,1 %|under 1 %|✓| inom|');
});

test('judges a load against its limits in words', () => {
  const text = textOf(reportOf());
  expect(text).toContain('|Flest larm på tio minuter, per person|12|högst 10|!| över|');
  expect(text).toContain(
    '|Larm på tio minuter, per person i snitt|0,4|godtagbart 1, högst 2|✓| inom|',
  );
});

test('says what it must not stand beside, unless it is of whole months or says nothing', () => {
  const caution = 'Lämna inte ut rapporten tillsammans med en annan';
  expect(textOf(reportOf())).not.toContain(caution);
  expect(textOf(reportOf({ isWholeMonths: false }))).toContain(caution);
  expect(textOf(reportOf({ isWholeMonths: false, isTooSmall: true }))).not.toContain(caution);
});

test('of too few homes it says only that, and how many they are', () => {
  const text = textOf(reportOf({ isTooSmall: true, homes: 3 }));
  expect(text).toContain('Urvalet har 3 hem.');
  expect(text).not.toMatch(/Svarstider|Falska larm|I korthet/);
  expect(textOf(reportOf({ isTooSmall: true, homes: 9 }))).toContain(
    'Utanför urvalet är det så få',
  );
});

test('a period without alerts is said to be that, and nothing is divided by nought', () => {
  const text = textOf(
    reportOf({
      alerts: { care: 0, technical: 0, test: 0, carePerResidentDay: 0 },
      responses: [],
      byRule: [],
      byKind: [],
      noisyDevices: [],
      loads: [],
      staffing: [],
      uptime: [],
      weeks: [],
    }),
  );
  expect(text).toContain('inga vårdlarm. Rapporten omfattar 63 hem.');
  expect(text).not.toMatch(/NaN|undefined|Infinity/);
});

test('does not say that all were answered where none had to be', () => {
  const none = { count: 0, p50: null, p90: null, p95: null, p99: null, max: null };
  const text = textOf(
    reportOf({
      responses: [
        {
          severity: null,
          alerts: 0,
          screen: none,
          acceptance: none,
          arrival: none,
          resolution: none,
          within: [30, 60, 180].map((seconds) => ({ seconds, share: null })),
          neverAccepted: 0,
        },
      ],
    }),
  );
  expect(text).toContain('Inget av dem behövde besvaras');
  expect(text).not.toContain('Alla blev tagna');
});

test('does not say that no unit had alerts where their load is of too few homes', () => {
  const text = textOf(reportOf({ loads: [] }));
  expect(text).toContain('svarade för färre än 5 hem visas inte');
  expect(text).not.toContain('Inget arbetslag fick larm');
});

test('says that nobody was checked in where people are to, and not that it is not known', () => {
  const given = reportOf();
  const loads = given.loads.map((load) => ({ ...load, operators: null }));
  const people = 'Personer i tjänst samtidigt, i snitt';
  expect(textOf(reportOf({ loads }))).toContain(`|${people}|ingen var incheckad|`);
  const staffing = given.staffing.map((row) => ({ ...row, uncoveredMinutes: null, gaps: [] }));
  expect(textOf(reportOf({ loads, staffing }))).toContain(`|${people}|vet inte, tjänst`);
});

test('where nobody checks in it does not say that somebody was on duty', () => {
  const staffing = reportOf().staffing.map((row) => ({ ...row, uncoveredMinutes: null, gaps: [] }));
  const text = textOf(reportOf({ staffing }));
  expect(text).toContain('|Nattpatrullen|10 dygn 8 tim|tjänst registreras inte|–|');
  expect(text).not.toContain('i tjänst hela tiden');
});
