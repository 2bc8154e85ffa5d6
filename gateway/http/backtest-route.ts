import type { Backtests } from '../domain/backtests.ts';
import {
  Backtest,
  BacktestRequest,
  OccurrencePage,
  OccurrenceQuery,
  TuningRequest,
} from '../protocol/rule/backtest.ts';
import { answers, body, IdParams, idOf, parseBody, type Route } from './route.ts';

const backtestPath = '/api/v1/backtests';
const tuningPath = '/api/v1/tunings';

/** Where rules are sent to be tried, which may be as long as rules may be. */
export const backtestPaths: string[] = [backtestPath, tuningPath];
export const sourceLimit = '256kb';

export interface BacktestDependencies {
  backtests: Backtests;
}

/** Rules tried on what has happened, before anybody is woken by them. */
export function backtestRoutes({ backtests }: BacktestDependencies): Route[] {
  return [
    {
      method: 'post',
      path: backtestPath,
      access: 'signed-in',
      operation: {
        operationId: 'startBacktest',
        summary: 'Tries rules on what has been stored; how it goes is told on the stream.',
        ...body(BacktestRequest),
        responses: answers('The backtest, perhaps still waiting.', Backtest),
      },
      handle: async (request, response, { scope }) => {
        response.json(await backtests.start(scope, parseBody(BacktestRequest, request)));
      },
    },
    {
      method: 'post',
      path: tuningPath,
      access: 'signed-in',
      operation: {
        operationId: 'startTuning',
        summary: 'What each value of one parameter of a rule would have raised.',
        ...body(TuningRequest),
        responses: answers('The backtest that will hold the curve.', Backtest),
      },
      handle: async (request, response, { scope }) => {
        response.json(await backtests.tune(scope, parseBody(TuningRequest, request)));
      },
    },
    {
      method: 'get',
      path: `${backtestPath}/{id}`,
      access: 'signed-in',
      operation: {
        operationId: 'getBacktest',
        summary: 'How far a backtest of one’s own has come, and what it found.',
        requestParams: { path: IdParams },
        responses: answers('The backtest; it is kept for an hour.', Backtest),
      },
      handle: async (request, response, { scope }) => {
        response.json(backtests.find(scope, idOf(request)));
      },
    },
    {
      method: 'delete',
      path: `${backtestPath}/{id}`,
      access: 'signed-in',
      operation: {
        operationId: 'cancelBacktest',
        summary: 'Ends a backtest at once; what is done stays done.',
        requestParams: { path: IdParams },
        responses: answers('The backtest as it ended.', Backtest),
      },
      handle: async (request, response, { scope }) => {
        response.json(backtests.cancel(scope, idOf(request)));
      },
    },
    {
      method: 'get',
      path: `${backtestPath}/{id}/occurrences`,
      access: 'signed-in',
      operation: {
        operationId: 'listOccurrences',
        summary: 'Each alert that would have been raised, or lost, oldest first.',
        requestParams: { path: IdParams, query: OccurrenceQuery },
        responses: answers('A page of them; the first 50,000 can be opened.', OccurrencePage),
      },
      handle: async (request, response, { scope }) => {
        const query = OccurrenceQuery.parse(request.query);
        response.json(backtests.occurrences(scope, idOf(request), query));
      },
    },
  ];
}
