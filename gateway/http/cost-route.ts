import type { CostDesk } from '../domain/report/usage.ts';
import { UsageQuery, UsageReport } from '../protocol/report/costs.ts';
import { answers, type Route } from './route.ts';

export interface CostDependencies {
  costs: CostDesk;
}

/** What municipalities use of the service, for those who share its cost. */
export function costRoutes({ costs }: CostDependencies): Route[] {
  return [
    {
      method: 'get',
      path: '/api/v1/reports/usage',
      access: 'signed-in',
      operation: {
        operationId: 'getUsage',
        summary: 'What one’s own municipality used, and those that it shares costs with.',
        requestParams: { query: UsageQuery },
        responses: answers('The use of each, by name.', UsageReport),
      },
      handle: async (request, response, { scope }) => {
        response.json(await costs.usage(scope, UsageQuery.parse(request.query)));
      },
    },
  ];
}
