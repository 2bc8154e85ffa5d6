import type { Role } from '../../gateway/protocol/api.ts';

export const reportPages = ['followUp', 'benefit', 'costs', 'telemetry'] as const;
export type ReportPage = (typeof reportPages)[number];

export const reportPaths: Record<ReportPage, string> = {
  followUp: '/reports',
  benefit: '/reports/benefit',
  costs: '/reports/costs',
  telemetry: '/telemetry',
};

/** Whether the reader follows up many homes together. */
export function seesReports(role: Role): boolean {
  return role === 'coordinator' || role === 'administrator';
}
