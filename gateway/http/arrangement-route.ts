import type { ArrangementDesk } from '../domain/arrangement-desk.ts';
import { PlanCheck, PlanChecked, PlanEdit, PlanView } from '../protocol/duty/plan.ts';
import {
  PolicyCheck,
  PolicyChecked,
  PolicySetEdit,
  PolicySetView,
} from '../protocol/duty/policy.ts';
import { answers, body, parseBody, type Route } from './route.ts';

const planPath = '/api/v1/plan';
const policiesPath = '/api/v1/policies';

/** Where documents are sent that may name every home of a municipality. */
export const arrangementPaths = [planPath, policiesPath];
export const arrangementLimit = '512kb';

export interface ArrangementDependencies {
  arrangements: ArrangementDesk;
}

export function arrangementRoutes(dependencies: ArrangementDependencies): Route[] {
  return [...planRoutes(dependencies), ...policyRoutes(dependencies)];
}

function planRoutes({ arrangements }: ArrangementDependencies): Route[] {
  return [
    {
      method: 'get',
      path: planPath,
      access: 'signed-in',
      operation: {
        operationId: 'getPlan',
        summary: 'Which unit answers for which homes at which hours.',
        responses: answers('The plan in force.', PlanView),
      },
      handle: async (_request, response, { scope }) => {
        response.json(await arrangements.plan(scope));
      },
    },
    {
      method: 'put',
      path: planPath,
      access: 'signed-in',
      operation: {
        operationId: 'putPlan',
        summary: 'Put a plan in force. Live alerts go at once to whoever answers by it.',
        ...body(PlanEdit),
        responses: answers('The plan in force afterwards.', PlanView),
      },
      handle: async (request, response, { scope }) => {
        response.json(await arrangements.putPlan(scope, parseBody(PlanEdit, request)));
      },
    },
    {
      method: 'post',
      path: `${planPath}/check`,
      access: 'signed-in',
      operation: {
        operationId: 'checkPlan',
        summary: 'What is wrong with a plan, and who would answer in the week from an instant.',
        ...body(PlanCheck),
        responses: answers('What was found, and the week.', PlanChecked),
      },
      handle: async (request, response, { scope }) => {
        response.json(await arrangements.checkPlan(scope, parseBody(PlanCheck, request)));
      },
    },
  ];
}

function policyRoutes({ arrangements }: ArrangementDependencies): Route[] {
  return [
    {
      method: 'get',
      path: policiesPath,
      access: 'signed-in',
      operation: {
        operationId: 'getPolicies',
        summary: 'Who is asked, after how long, by which channels.',
        responses: answers('The policies in force.', PolicySetView),
      },
      handle: async (_request, response, { scope }) => {
        response.json(await arrangements.policies(scope));
      },
    },
    {
      method: 'put',
      path: policiesPath,
      access: 'signed-in',
      operation: {
        operationId: 'putPolicies',
        summary: 'Put policies in force, for alerts that are raised later.',
        ...body(PolicySetEdit),
        responses: answers('The policies in force afterwards.', PolicySetView),
      },
      handle: async (request, response, { scope }) => {
        response.json(await arrangements.putPolicies(scope, parseBody(PolicySetEdit, request)));
      },
    },
    {
      method: 'post',
      path: `${policiesPath}/check`,
      access: 'signed-in',
      operation: {
        operationId: 'checkPolicies',
        summary: 'What is wrong with policies, and each as a line of time, the defaults included.',
        ...body(PolicyCheck),
        responses: answers('What was found, and the timelines.', PolicyChecked),
      },
      handle: async (request, response, { scope }) => {
        response.json(await arrangements.checkPolicies(scope, parseBody(PolicyCheck, request)));
      },
    },
  ];
}
