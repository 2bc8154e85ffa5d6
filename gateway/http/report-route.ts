import type { ReportDesk } from '../domain/report/report-desk.ts';
import { FollowUpReport, ReportExportQuery, ReportQuery } from '../protocol/report/follow-up.ts';
import { answers, type Route } from './route.ts';

export interface ReportDependencies {
  reports: ReportDesk;
}

/** Follow-up of many homes together. */
export function reportRoutes({ reports }: ReportDependencies): Route[] {
  return [
    {
      method: 'get',
      path: '/api/v1/reports/follow-up',
      access: 'signed-in',
      operation: {
        operationId: 'getFollowUpReport',
        summary: 'How alerts were answered, how many were false, and how the service was staffed.',
        requestParams: { query: ReportQuery },
        responses: answers(
          'The report; no group of fewer than five homes is told of.',
          FollowUpReport,
        ),
      },
      handle: async (request, response, { scope }) => {
        response.json(await reports.followUp(scope, ReportQuery.parse(request.query)));
      },
    },
    {
      method: 'get',
      path: '/api/v1/reports/follow-up.csv',
      access: 'signed-in',
      operation: {
        operationId: 'exportFollowUpReport',
        summary: 'The same report as a file for a spreadsheet; it names no device.',
        requestParams: { query: ReportExportQuery },
        responses: {
          200: {
            description: 'UTF-8 with a byte order mark, separated by semicolons.',
            content: { 'text/csv': { schema: { type: 'string' } } },
          },
        },
      },
      handle: async (request, response, { scope }) => {
        const query = ReportExportQuery.parse(request.query);
        const file = await reports.followUpCsv(scope, query);
        const name = `vaka-follow-up-${query.from}-${query.to}.csv`;
        response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
        response.type('text/csv; charset=utf-8').send(file);
      },
    },
  ];
}
