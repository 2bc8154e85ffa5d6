import type { RosterDesk } from '../domain/roster-desk.ts';
import {
  Coverage,
  CoverageQuery,
  RosterEdit,
  RosterImport,
  RosterImported,
  RosterView,
} from '../protocol/duty/roster.ts';
import { answers, body, IdParams, idOf, parseBody, type Route } from './route.ts';

const path = '/api/v1/units/{id}/roster';

/** Where rosters and files are sent, which are larger than all else. */
export const rosterPath = '/api/v1/units/:id/roster';
export const rosterLimit = '4mb';

export interface RosterDependencies {
  rosters: RosterDesk;
}

export function rosterRoutes({ rosters }: RosterDependencies): Route[] {
  const one = { requestParams: { path: IdParams } };

  return [
    {
      method: 'get',
      path,
      access: 'signed-in',
      operation: {
        operationId: 'getRoster',
        summary: 'Who is planned to be at work in a unit.',
        ...one,
        responses: answers('The roster in force.', RosterView),
      },
      handle: async (request, response, { scope }) => {
        response.json(await rosters.roster(scope, idOf(request)));
      },
    },
    {
      method: 'put',
      path,
      access: 'signed-in',
      operation: {
        operationId: 'putRoster',
        summary: 'Put a roster in force as a new version. What holds already stays.',
        ...one,
        ...body(RosterEdit),
        responses: answers('The roster as it is afterwards.', RosterView),
      },
      handle: async (request, response, { scope }) => {
        const edit = parseBody(RosterEdit, request);
        response.json(await rosters.put(scope, idOf(request), edit));
      },
    },
    {
      method: 'post',
      path: `${path}/import`,
      access: 'signed-in',
      operation: {
        operationId: 'readRosterFile',
        summary: 'What a file (CSV or iCalendar) would make of a roster. Nothing is kept.',
        ...one,
        ...body(RosterImport),
        responses: answers('The shifts of the file, and what could not be read.', RosterImported),
      },
      handle: async (request, response, { scope }) => {
        const file = parseBody(RosterImport, request);
        response.json(await rosters.read(scope, idOf(request), file));
      },
    },
    {
      method: 'get',
      path: '/api/v1/coverage',
      access: 'signed-in',
      operation: {
        operationId: 'getCoverage',
        summary: 'Planned shifts, and the time in which a unit answers for homes and has nobody.',
        requestParams: { query: CoverageQuery },
        responses: answers('Shifts and gaps.', Coverage),
      },
      handle: async (request, response, { scope }) => {
        response.json(await rosters.coverage(scope, CoverageQuery.parse(request.query)));
      },
    },
  ];
}
