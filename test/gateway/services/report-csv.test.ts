import { describe, expect, onTestFinished, test } from 'vitest';

import { makeReport } from '../../../gateway/domain/report/report-work.ts';
import type { FollowUpReport } from '../../../gateway/protocol/report/follow-up.ts';
import { csvOfReport } from '../../../gateway/services/report-csv.ts';
import { openSqliteReportSource } from '../../../gateway/store/sqlite-report-source.ts';
import { days, madeAt, openReportTown } from '../store/report-town.ts';

async function townReport(municipalityId = 'norr'): Promise<FollowUpReport> {
  const { file } = await openReportTown();
  const { source, close } = openSqliteReportSource(file);
  onTestFinished(close);
  return makeReport(source, { municipalityId, ...days, at: madeAt });
}

/** The lines of a titled table, its own excluded. */
function table(csv: string, title: string): string[] {
  const lines = csv.split('\r\n');
  const rest = lines.slice(lines.indexOf(title) + 1);
  return rest.slice(0, rest.indexOf(''));
}

describe('the file of a report', () => {
  test('has one titled table after the other, in Swedish with decimal commas', async () => {
    const csv = csvOfReport(await townReport(), 'sv');
    expect(csv.startsWith('\uFEFFUppföljning\r\nKommun;Norrs kommun\r\n')).toBe(true);
    expect(csv).toContain('\r\nFrån och till, med båda dagarna;2026-10-24;2026-10-26\r\n');
    expect(csv).toContain('\r\nVårdlarm per brukardygn;1,111\r\n');
    expect(table(csv, 'Tagna inom måltiden')).toEqual([
      'Allvarlighetsgrad;Larm;30 s, %;60 s, %;180 s, %;Ingen tog',
      'Alla;19;5,3;11,8;88,2;3',
      'Hög;5;20;40;60;1',
      'Medel;14;0;0;100;2',
    ]);
    expect(table(csv, 'Falsklarm per regel')).toEqual([
      'Regel;Larm;Avslutade av någon;Falsklarm;Andel falsklarm, %',
      'quiet-home;12;12;6;50',
      'Övriga (2 små grupper);8;5;2;40',
    ]);
  });

  test('says of the October night which of the two hours it was', async () => {
    const csv = csvOfReport(await townReport(), 'en');
    expect(table(csv, 'The longest gaps')).toEqual([
      'Unit;From;To;Minutes',
      'Natt;2026-10-25 02:30 +02:00;2026-10-25 02:30 +01:00;60',
      'Natt;2026-10-26 22:00;2026-10-26 22:15;15',
    ]);
    expect(csv).toContain('\r\nCare alerts per resident-day;1.111\r\n');
  });

  test('leaves empty for how long nobody was on duty where nobody checks in', async () => {
    expect(table(csvOfReport(await townReport(), 'en'), 'Staffing in minutes')).toEqual([
      'Unit;Answering;With nobody on duty',
      'Dag;2700;',
      'Natt;1680;75',
    ]);
  });

  test('says what it must not stand beside, unless it is of whole months', async () => {
    const report = await townReport();
    expect(report.isWholeMonths).toBe(false);
    const caution = 'Do not hand this report on together with another';
    expect(csvOfReport(report, 'en')).toContain(caution);
    expect(csvOfReport({ ...report, isWholeMonths: true }, 'en')).not.toContain(caution);
    const tooSmall = await townReport('syd');
    expect(csvOfReport(tooSmall, 'en')).not.toContain(caution);
  });

  test('starts no formula, and names no device', async () => {
    const report = await townReport();
    const named = {
      id: 'x',
      name: 'Elsas knapp',
      homeLabel: 'Storgatan 1',
      alerts: 3,
      falseAlarms: 3,
    };
    const municipality = { id: 'norr', name: '=1+1' };
    const csv = csvOfReport({ ...report, municipality, noisyDevices: [named] }, 'sv');
    expect(csv).toContain("\r\nKommun;'=1+1\r\n");
    expect(csv).not.toMatch(/Elsas|Storgatan/);
  });

  test('says why it says nothing of too few homes', async () => {
    const lines = csvOfReport(await townReport('syd'), 'en')
      .trimEnd()
      .split('\r\n');
    expect(lines.slice(-2)).toEqual(['Homes;1', expect.stringMatching(/^Fewer than five homes/)]);
  });
});
