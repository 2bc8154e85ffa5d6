import { describe, expect, onTestFinished, test } from 'vitest';

import type { LogEntry } from '../../../gateway/domain/ledger.ts';
import { makeReport } from '../../../gateway/domain/report/report-work.ts';
import type { FollowUpReport } from '../../../gateway/protocol/report/follow-up.ts';
import { openSqliteReportSource } from '../../../gateway/store/sqlite-report-source.ts';
import { entry, keepAlert, raised } from './furnish.ts';
import { days, hour, madeAt, on, openReportTown } from './report-town.ts';

async function reportOf(unitId?: string): Promise<FollowUpReport> {
  const { file } = await openReportTown();
  const { source, close } = openSqliteReportSource(file);
  onTestFinished(close);
  return makeReport(source, { municipalityId: 'norr', ...days, unitId, at: madeAt });
}

/** Percentiles in the order P50, P90, P95, P99, longest. */
function ranked(count: number, ...[p50, p90, p95, p99, max]: readonly (number | null)[]) {
  return { count, p50, p90, p95, p99, max };
}

const none = ranked(0, null, null, null, null, null);

describe('three days with the October night, counted by hand', () => {
  test('are of 73 hours, seven residents and 18 resident-days', async () => {
    expect(await reportOf()).toMatchObject({
      municipality: { id: 'norr', name: 'Norrs kommun' },
      unit: null,
      units: [{ id: 'day', name: 'Dag' }],
      from: on('24T00:00'),
      to: on('24T00:00') + 73 * hour,
      timeZone: 'Europe/Stockholm',
      madeAt,
      isTooSmall: false,
      homes: 6,
      // One in each of h1 to h5, two in h6; who lives with them is not counted.
      residents: 7,
      // h1 to h4: 4 × 3. h5 was paused on Monday: 2. h6 had its button from Sunday: 2 days × 2 residents.
      residentDays: 12 + 2 + 4,
      alerts: {
        // 5 buttons, 3 beds, 12 of the flood.
        care: 20,
        // Three that began in the period; the fourth began on Friday.
        technical: 3,
        test: 1,
        carePerResidentDay: 20 / 18,
      },
      // No device has had three alerts judged.
      noisyDevices: [],
    });
  });

  test('tell how fast the 19 that asked somebody were answered; the silenced one asked nobody', async () => {
    const { responses } = await reportOf();
    const [all, ...bySeverity] = responses;
    expect(all).toEqual({
      severity: null,
      alerts: 19,
      // 2, 3, 4, 5, twelve of 6, and 7: the 9th of 17 is 6, the 16th is 6, the 17th is 7.
      screen: ranked(17, 6, 6, 7, 7, 7),
      // 20, 50, twelve of 100, 170, 200: the 8th of 16 is 100, the 15th is 170, the 16th is 200.
      acceptance: ranked(16, 100, 170, 200, 200, 200),
      // 300, 400, 500, 900: the 2nd of 4 is 400.
      arrival: ranked(4, 400, 900, 900, 900, 900),
      // 100, twelve of 600, 700, 1 200, 1 500, 2 000: the 9th of 17 is 600, the 16th 1 500, the 17th 2 000.
      resolution: ranked(17, 600, 1_500, 2_000, 2_000, 2_000),
      within: [
        // Only h1's 20 s. All 19 had 30 s: also the one that left after 40 s, and the one that is 50 s old.
        { seconds: 30, share: 1 / 19 },
        // 20 s and 50 s, of the 17 that had a minute.
        { seconds: 60, share: 2 / 17 },
        // Not the 200 s of h4, nor what h5's was ended without.
        { seconds: 180, share: 15 / 17 },
      ],
      // h5's button, the one that left, and the one that is too young.
      neverAccepted: 3,
    });
    expect(bySeverity).toEqual([
      {
        severity: 'high',
        alerts: 5,
        screen: ranked(4, 3, 5, 5, 5, 5),
        acceptance: ranked(4, 50, 200, 200, 200, 200),
        arrival: ranked(4, 400, 900, 900, 900, 900),
        // 100, 700, 1 200, 1 500, 2 000.
        resolution: ranked(5, 1_200, 2_000, 2_000, 2_000, 2_000),
        within: [
          { seconds: 30, share: 1 / 5 },
          { seconds: 60, share: 2 / 5 },
          { seconds: 180, share: 3 / 5 },
        ],
        neverAccepted: 1,
      },
      {
        severity: 'medium',
        // The flood's 12, the one that left, and the young one.
        alerts: 14,
        screen: ranked(13, 6, 6, 7, 7, 7),
        acceptance: ranked(12, 100, 100, 100, 100, 100),
        arrival: none,
        resolution: ranked(12, 600, 600, 600, 600, 600),
        within: [
          { seconds: 30, share: 0 },
          { seconds: 60, share: 0 },
          { seconds: 180, share: 1 },
        ],
        neverAccepted: 2,
      },
    ]);
  });

  test('gather beds, of three homes, with buttons: by themselves they would be what is left of the total', async () => {
    const { byRule, byKind } = await reportOf();
    // Buttons: 5 judged, of which h3's and h5's were false. Beds: 3, none judged.
    const gathered = {
      key: null,
      title: null,
      gathered: 2,
      alerts: 5 + 3,
      resolved: 5,
      falseAlarms: 2,
      share: 2 / 5,
    };
    const flood = { gathered: 0, alerts: 12, resolved: 12, falseAlarms: 6, share: 1 / 2 };
    expect(byRule).toEqual([
      { key: 'quiet-home', title: { sv: 'quiet-home', en: 'quiet-home' }, ...flood },
      gathered,
    ]);
    expect(byKind).toEqual([
      { key: 'home', title: { sv: 'Bostaden som helhet', en: 'The home as a whole' }, ...flood },
      gathered,
    ]);
  });

  test('load each unit for the time in which it answered', async () => {
    const { loads } = await reportOf();
    expect(loads).toEqual([
      {
        unit: { id: 'day', name: 'Dag' },
        // Buttons of h1, h2, h3 and h5, in 3 × 15 hours, which are 270 times ten minutes.
        alerts: 4,
        operators: null,
        perTenMinutes: 4 / 270,
        mostInTenMinutes: 1,
        floodShare: 0,
        floods: [],
        chattering: 0,
        stale: 0,
        topTenShare: 1,
        // From four homes.
        bySeverity: [],
      },
      {
        unit: { id: 'night', name: 'Natt' },
        // The flood's 12, h4's button, and the beds of h2 and h3.
        alerts: 15,
        // Astrid 7 + 4.5 + 9 + 1.75 hours, Bengt 4.5 + 4; somebody for 7 + 4.5 + 4.5 + 9 + 1.75.
        operators: (22.25 + 8.5) / 26.75,
        // 7 + 10 + 9 + 2 hours, which are 168 times ten minutes; Astrid alone in all that matter, but Bengt for h4.
        perTenMinutes: 15 / 168,
        mostInTenMinutes: 12,
        floodShare: 1 / 168,
        floods: [{ from: on('26T03:00'), to: on('26T03:10'), alerts: 12 }],
        chattering: 0,
        stale: 0,
        // Nine sources in all.
        topTenShare: 1,
        // The one of high severity is from one home; without it, what is left of 15 would tell of it.
        bySeverity: [],
      },
    ]);
  });

  test('leave the night without anybody for the hour that comes twice, and for a quarter of an hour', async () => {
    const { staffing } = await reportOf();
    expect(staffing).toEqual([
      {
        unit: { id: 'day', name: 'Dag' },
        responsibleMinutes: 45 * 60,
        uncoveredMinutes: null,
        gaps: [],
      },
      {
        unit: { id: 'night', name: 'Natt' },
        responsibleMinutes: (7 + 10 + 9 + 2) * 60,
        uncoveredMinutes: 60 + 15,
        gaps: [
          { from: on('25T02:30'), to: on('25T02:30+01:00') },
          { from: on('26T22:00'), to: on('26T22:15') },
        ],
      },
    ]);
  });

  test('count the time in which devices could be heard, by kind', async () => {
    const { uptime } = await reportOf();
    expect(uptime).toEqual([
      {
        kind: 'bed-sensor',
        gathered: 0,
        devices: 5,
        share: 1,
        silentMinutes: 0,
      },
      {
        kind: 'call-button',
        gathered: 0,
        devices: 6,
        // h1 to h4: 4 × 73 hours. h5: 73 − 24 of its pause. h6, from Sunday: 49. That is 390.
        // Silent: h3 from 12:00 to 20:00, overlaps once; h4 until 06:00 on Saturday. That is 14.
        share: (390 - 14) / 390,
        silentMinutes: 14 * 60,
      },
      {
        // Door contacts of h1, h2 and h3, and motion sensors of h4 and h5: five homes together.
        kind: null,
        gathered: 2,
        devices: 5,
        // 73 − 10 of the trial, 12 until it was taken out of use, 73, 73, and 73 − 24 of the pause: 270.
        // Silent: from midnight to 06:00 of the night that has seven hours until then.
        share: (270 - 7) / 270,
        silentMinutes: 7 * 60,
      },
    ]);
  });

  test('are parts of two weeks', async () => {
    const { weeks } = await reportOf();
    expect(weeks).toEqual([
      // Five buttons and the silenced bed; 20, 50, 170 and 200 s; two of five were false.
      { from: on('24T00:00'), alerts: 6, acceptanceP95: 200, falseShare: 2 / 5 },
      // The flood and two beds; 100 s each; six of twelve were false.
      { from: on('26T00:00'), alerts: 14, acceptanceP95: 100, falseShare: 1 / 2 },
    ]);
  });
});

describe('the report of a unit', () => {
  test('that all homes belong to is that of the whole, with its own load and staff', async () => {
    const { unit, units, loads, staffing, ...rest } = await reportOf('day');
    const whole = await reportOf();
    expect(unit).toEqual({ id: 'day', name: 'Dag' });
    expect(units).toEqual(whole.units);
    expect(loads).toEqual(whole.loads.slice(0, 1));
    expect(staffing).toEqual(whole.staffing.slice(0, 1));
    expect({ ...whole, ...rest }).toEqual(whole);
  });

  test('without homes of its own says nothing', async () => {
    expect(await reportOf('night')).toMatchObject({
      isTooSmall: true,
      homes: 0,
      residents: 0,
      responses: [],
      loads: [],
      staffing: [],
      weeks: [],
    });
  });

  test('of another municipality does not exist', async () => {
    await expect(reportOf('syd-1')).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('a device is not heard because somebody resolves its alert, but when it says something', async () => {
  const { store, file } = await openReportTown();
  const since = on('26T08:00');
  const silent = { severity: 'technical', homeId: 'h1', deviceId: 'bed-h1', since } as const;
  const rule = { id: 'device-silent', version: 1, title: { sv: '', en: '' }, action: null };
  const [at, done] = [since + hour, since + 2 * hour];
  await keepAlert(
    store,
    raised({ ...silent, alertId: 'given up', at, rule, homeUnitId: 'day', unitId: 'day' }),
    { type: 'resolved', at: done, by: 'tore', outcome: 'technical', note: null },
  );
  const tell = (id: string, type: LogEntry['type'], told: number) =>
    entry({ id, homeId: 'h1', deviceId: 'bed-h1', type, at: told, receivedAt: told });
  const silentMinutes = async () => {
    const { source, close } = openSqliteReportSource(file);
    const { uptime } = await makeReport(source, { municipalityId: 'norr', ...days, at: madeAt });
    close();
    return uptime.find(({ kind }) => kind === 'bed-sensor')?.silentMinutes;
  };
  await store.transaction((ledger) =>
    ledger.append([tell('before', 'bed.left', done - 1), tell('gone', 'reach.lost', done + 1)]),
  );
  expect(await silentMinutes()).toBe(16 * 60);
  await store.transaction((ledger) => ledger.append([tell('back', 'bed.left', since + 5 * hour)]));
  expect(await silentMinutes()).toBe(5 * 60);
});

test('a municipality of one home says only that it is too small', async () => {
  const { file } = await openReportTown();
  const { source, close } = openSqliteReportSource(file);
  onTestFinished(close);
  const report = await makeReport(source, { municipalityId: 'syd', ...days, at: madeAt });
  expect(report).toMatchObject({ isTooSmall: true, homes: 1, alerts: { care: 0 }, units: [] });
  expect(report.staffing).toEqual([]);
});
