import type { FollowUpReport, Percentiles } from '../../../gateway/protocol/report/follow-up.ts';

const dayMs = 86_400_000;
/** Midnight in Stockholm, as the first of October 2026 begins. */
const from = Date.UTC(2026, 8, 30, 22);

/** Midnight of a day of that month; summer time ends on the 25th. */
function mondayOf(date: number): number {
  return Date.UTC(2026, 9, date - 1, date > 25 ? 23 : 22);
}

function percentiles(count: number, p50: number): Percentiles {
  return { count, p50, p90: p50 * 3, p95: p50 * 4, p99: p50 * 9, max: p50 * 20 };
}

function response(severity: FollowUpReport['responses'][number]['severity'], alerts: number) {
  return {
    severity,
    alerts,
    screen: percentiles(alerts, 2),
    acceptance: percentiles(alerts, 22),
    arrival: percentiles(alerts - 4, 340),
    resolution: percentiles(alerts, 1_260),
    within: [
      { seconds: 30, share: 0.62 },
      { seconds: 60, share: 0.875 },
      { seconds: 180, share: 0.98 },
    ],
    neverAccepted: 2,
  };
}

/** A report of October 2026, made by hand. */
export function reportOf(some: Partial<FollowUpReport> = {}): FollowUpReport {
  const unit = { id: 'natt', name: 'Nattpatrullen' };
  return {
    municipality: { id: 'norr', name: 'Norrköpinge' },
    unit: null,
    units: [unit, { id: 'dag', name: 'Hemtjänsten' }],
    from,
    to: from + 31 * dayMs + 3_600_000,
    timeZone: 'Europe/Stockholm',
    isWholeMonths: true,
    madeAt: Date.UTC(2026, 10, 22, 20, 15),
    isTooSmall: false,
    homes: 63,
    residents: 71,
    residentDays: 2_130,
    alerts: { care: 412, technical: 31, test: 4, carePerResidentDay: 0.193 },
    responses: [
      response(null, 412),
      response('emergency', 60),
      response('high', 140),
      response('medium', 180),
      response('low', 32),
    ],
    byRule: [
      {
        key: 'night-door',
        title: { sv: 'Ytterdörren öppen nattetid', en: 'Front door open at night' },
        gathered: 0,
        alerts: 120,
        resolved: 118,
        falseAlarms: 40,
        share: 40 / 118,
      },
      {
        key: null,
        title: null,
        gathered: 2,
        alerts: 3,
        resolved: null,
        falseAlarms: null,
        share: null,
      },
    ],
    byKind: [
      {
        key: 'door-contact',
        title: { sv: 'Dörrkontakt', en: 'Door contact' },
        gathered: 0,
        alerts: 120,
        resolved: 0,
        falseAlarms: 0,
        share: null,
      },
    ],
    noisyDevices: [
      { id: 'd1', name: 'Dörr, entré', homeLabel: 'Skogsgatan 4', alerts: 9, falseAlarms: 7 },
    ],
    loads: [
      {
        unit,
        alerts: 280,
        operators: 2.4,
        perTenMinutes: 0.4,
        mostInTenMinutes: 12,
        floodShare: 0.0004,
        floods: [{ from: from + dayMs, to: from + dayMs + 600_000, alerts: 26 }],
        chattering: 0,
        stale: 1,
        topTenShare: 0.41,
        bySeverity: [
          { severity: 'emergency', alerts: 30 },
          { severity: 'high', alerts: 250 },
        ],
      },
    ],
    staffing: [
      {
        unit,
        responsibleMinutes: 14_880,
        uncoveredMinutes: 95,
        gaps: [{ from: from + 2 * dayMs, to: from + 2 * dayMs + 45 * 60_000 }],
      },
    ],
    uptime: [
      { kind: 'door-contact', gathered: 0, devices: 63, share: 0.9999, silentMinutes: 310 },
      { kind: null, gathered: 2, devices: 3, share: null, silentMinutes: null },
    ],
    weeks: [from, ...[5, 12, 19, 26].map(mondayOf)].map((week, index) => ({
      from: week,
      alerts: [40, 96, 110, 88, 78][index] ?? 0,
      acceptanceP95: index === 4 ? null : 88,
      falseShare: 0.2,
    })),
    ...some,
  };
}
