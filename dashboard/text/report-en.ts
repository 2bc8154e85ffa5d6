import type { reportSv } from './report-sv.ts';

/** English of following up. */
export const reportEn: typeof reportSv = {
  title: 'Follow-up',
  nav: {
    label: 'Pages of follow-up',
    followUp: 'Follow-up',
    benefit: 'Benefit',
    costs: 'Costs',
    telemetry: 'Telemetry',
  },
};
