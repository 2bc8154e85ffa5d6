import type { z } from 'zod';

import { AppError } from '../domain/errors.ts';
import type { HistoryDesk } from '../domain/history-desk.ts';
import {
  HabitFileQuery,
  HistoryFileQuery,
  TrendFileQuery,
  WeekFileQuery,
} from '../protocol/history/history-file.ts';
import { HomeDayDetail, HomeWeeks, IsoDay, WeekQuery } from '../protocol/history/home-day.ts';
import { TrendList, TrendQuery } from '../protocol/series/series.ts';
import { answers, IdParams, idOf, type Route } from './route.ts';

export interface HistoryDependencies {
  pasts: HistoryDesk;
}

const DayParams = IdParams.extend({ day: IsoDay });
const noHome = 'There is no such home.';
const noDevice = 'There is no such device.';

interface DescribedFile {
  path: `/${string}`;
  /** The name of the operation is `get…`, and of its file `export…`. */
  name: string;
  summary: string;
  params: z.ZodObject;
  fileQuery: z.ZodObject;
  fileName: string;
  missing: string;
}

interface Described extends DescribedFile {
  query: z.ZodObject | null;
  answer: z.ZodType;
}

type Handle = Extract<Route, { access: 'signed-in' }>['handle'];
type Asked = Parameters<Handle>[0];
type Asking = Parameters<Handle>[2]['scope'];

/** How homes' days, their climate and their devices have been; each also as a file. */
export function historyRoutes({ pasts }: HistoryDependencies): Route[] {
  return [
    ...both(
      {
        path: '/api/v1/homes/{id}/weeks',
        name: 'HomeWeeks',
        summary: 'Seven days of a home, another seven beside them, and which habits differ.',
        params: IdParams,
        query: WeekQuery,
        fileQuery: WeekFileQuery,
        answer: HomeWeeks,
        fileName: 'vaka-weeks',
        missing: noHome,
      },
      (scope, request) => pasts.weeks(scope, idOf(request), WeekQuery.parse(request.query)),
      (scope, request) => pasts.weeksCsv(scope, idOf(request), WeekFileQuery.parse(request.query)),
    ),
    asFile(
      {
        path: '/api/v1/homes/{id}/habits',
        name: 'HomeHabits',
        summary: 'Seven days of a home beside what is usual there.',
        params: IdParams,
        fileQuery: HabitFileQuery,
        fileName: 'vaka-habits',
        missing: noHome,
      },
      (scope, request) =>
        pasts.habitsCsv(scope, idOf(request), HabitFileQuery.parse(request.query)),
    ),
    ...both(
      {
        path: '/api/v1/homes/{id}/days/{day}',
        name: 'HomeDay',
        summary: 'A day of a home in quarters of an hour, by room.',
        params: DayParams,
        query: null,
        fileQuery: HistoryFileQuery,
        answer: HomeDayDetail,
        fileName: 'vaka-day',
        missing: noHome,
      },
      (scope, { params }) => {
        const { id, day } = DayParams.parse(params);
        return pasts.day(scope, id, day);
      },
      (scope, { params, query }) => {
        const { id, day } = DayParams.parse(params);
        return pasts.dayCsv(scope, id, { day, ...HistoryFileQuery.parse(query) });
      },
    ),
    ...both(
      {
        path: '/api/v1/homes/{id}/climate',
        name: 'HomeClimate',
        summary: 'Temperature, humidity and light in a home.',
        params: IdParams,
        query: TrendQuery,
        fileQuery: TrendFileQuery,
        answer: TrendList,
        fileName: 'vaka-climate',
        missing: noHome,
      },
      (scope, request) => pasts.climate(scope, idOf(request), TrendQuery.parse(request.query)),
      (scope, request) =>
        pasts.climateCsv(scope, idOf(request), TrendFileQuery.parse(request.query)),
    ),
    ...both(
      {
        path: '/api/v1/devices/{id}/trends',
        name: 'DeviceTrends',
        summary: 'How the battery and the link of a device have been, and where they are going.',
        params: IdParams,
        query: TrendQuery,
        fileQuery: TrendFileQuery,
        answer: TrendList,
        fileName: 'vaka-trends',
        missing: noDevice,
      },
      (scope, request) => pasts.trends(scope, idOf(request), TrendQuery.parse(request.query)),
      (scope, request) =>
        pasts.trendsCsv(scope, idOf(request), TrendFileQuery.parse(request.query)),
    ),
  ];
}

type Find<Answer> = (scope: Asking, request: Asked) => Promise<Answer>;

/** A question, answered as JSON and as a file. The file comes first: its path would else be taken for a day or an id. */
function both(described: Described, answer: Find<unknown>, file: Find<string | null>): Route[] {
  return [asFile(described, file), asAnswer(described, answer)];
}

function asFile(described: DescribedFile, file: Find<string | null>): Route {
  const { path, name, summary, params, fileQuery, fileName, missing } = described;
  return {
    method: 'get',
    path: `${path}.csv`,
    access: 'signed-in',
    operation: {
      operationId: `export${name}`,
      summary: `${summary} As a file for a spreadsheet.`,
      requestParams: { path: params, query: fileQuery },
      responses: {
        200: {
          description: 'UTF-8 with a byte order mark, separated by semicolons.',
          content: { 'text/csv': { schema: { type: 'string' } } },
        },
      },
    },
    handle: async (request, response, { scope }) => {
      const found = await file(scope, request);
      if (found === null) throw new AppError('not-found', missing);
      response.setHeader('Content-Disposition', `attachment; filename="${fileName}.csv"`);
      response.type('text/csv; charset=utf-8').send(found);
    },
  };
}

function asAnswer(described: Described, answer: Find<unknown>): Route {
  const { path, name, summary, params, query, missing } = described;
  return {
    method: 'get',
    path,
    access: 'signed-in',
    operation: {
      operationId: `get${name}`,
      summary,
      requestParams: { path: params, ...(query === null ? {} : { query }) },
      responses: answers('What is known; without consent, that there is none.', described.answer),
    },
    handle: async (request, response, { scope }) => {
      const found = await answer(scope, request);
      if (found === null) throw new AppError('not-found', missing);
      response.json(found);
    },
  };
}
