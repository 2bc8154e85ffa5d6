import { z } from 'zod';

import type { RuleDesk } from '../domain/rule-desk.ts';
import { ruleJsonSchema } from '../protocol/rule/json-schema.ts';
import {
  OverrideChange,
  RuleActivation,
  RuleCheck,
  RuleCheckRequest,
  RuleDetail,
  RuleImport,
  RuleImportPreview,
  RuleImportPreviewRequest,
  RuleList,
  RulePackage,
  RuleTemplateList,
} from '../protocol/rule/rule-api.ts';
import { RuleId } from '../protocol/rule/rule.ts';
import { answers, body, IdParams, idOf, parseBody, type Route } from './route.ts';

const path = '/api/v1/rules';

/** Where packages of rules are sent, which are larger than all else. */
export const importPath = `${path}/imports`;
export const importLimit = '1mb';

const HomeParams = z.object({ id: z.string().min(1).max(64), homeId: z.string().min(1).max(64) });
const Export = z.strictObject({
  ids: z.array(RuleId).min(1).optional().meta({ description: 'All that are on, if left out.' }),
});

export interface RuleDependencies {
  rules: RuleDesk;
}

export function ruleRoutes({ rules }: RuleDependencies): Route[] {
  const schema = ruleJsonSchema();
  const one = { requestParams: { path: IdParams } };
  const after = answers('The rule as it is afterwards.', RuleDetail);

  return [
    {
      method: 'get',
      path,
      access: 'signed-in',
      operation: {
        operationId: 'listRules',
        summary: 'The rules of the municipality, each in its newest version.',
        responses: answers('All rules.', RuleList),
      },
      handle: async (_request, response, { scope }) => {
        response.json(await rules.list(scope));
      },
    },
    {
      method: 'get',
      path: `${path}/{id}`,
      access: 'signed-in',
      operation: {
        operationId: 'getRule',
        summary: 'A rule, all it has been, and which homes have something of their own in it.',
        ...one,
        responses: answers('The rule.', RuleDetail),
      },
      handle: async (request, response, { scope }) => {
        response.json(await rules.rule(scope, idOf(request)));
      },
    },
    {
      method: 'post',
      path: `${path}/check`,
      access: 'signed-in',
      operation: {
        operationId: 'checkRules',
        summary: 'What is wrong in a text of rules, and where.',
        ...body(RuleCheckRequest),
        responses: answers('What was found; nothing is a good sign.', RuleCheck),
      },
      handle: async (request, response, { scope }) => {
        const { source } = parseBody(RuleCheckRequest, request);
        response.json(await rules.check(scope, source));
      },
    },
    {
      method: 'put',
      path: `${path}/{id}`,
      access: 'signed-in',
      operation: {
        operationId: 'activateRule',
        summary: 'Put a rule in force, or out of it, as a new version. What holds already stays.',
        ...one,
        ...body(RuleActivation),
        responses: after,
      },
      handle: async (request, response, { scope }) => {
        const activation = parseBody(RuleActivation, request);
        response.json(await rules.activate(scope, idOf(request), activation));
      },
    },
    {
      method: 'put',
      path: `${path}/{id}/homes/{homeId}`,
      access: 'signed-in',
      operation: {
        operationId: 'overrideRule',
        summary: 'Give a home values of its own in a rule, or take them back.',
        requestParams: { path: HomeParams },
        ...body(OverrideChange),
        responses: after,
      },
      handle: async (request, response, { scope }) => {
        const { id: ruleId, homeId } = HomeParams.parse(request.params);
        const change = parseBody(OverrideChange, request);
        response.json(await rules.override(scope, { ruleId, homeId }, change));
      },
    },
    {
      method: 'get',
      path: '/api/v1/rule-templates',
      access: 'signed-in',
      operation: {
        operationId: 'listRuleTemplates',
        summary: 'Rules to start from.',
        responses: answers('The library.', RuleTemplateList),
      },
      handle: async (_request, response, { scope }) => {
        response.json({ items: await rules.templates(scope) });
      },
    },
    ...exchangeRoutes({ rules }),
    {
      method: 'get',
      path: '/api/rules.schema.json',
      access: 'anyone',
      operation: {
        operationId: 'ruleSchema',
        summary: 'The grammar of rules, for editors.',
        responses: {
          200: {
            description: 'JSON Schema (draft 7).',
            content: { 'application/schema+json': { schema: {} } },
          },
        },
      },
      handle: (_request, response) => {
        response.type('application/schema+json').send(JSON.stringify(schema));
      },
    },
  ];
}

/** From one municipality to another. */
function exchangeRoutes({ rules }: RuleDependencies): Route[] {
  return [
    {
      method: 'post',
      path: `${path}/exports`,
      access: 'signed-in',
      operation: {
        operationId: 'exportRules',
        summary: 'Rules as one file, signed by the municipality.',
        ...body(Export, false),
        responses: answers('The file.', RulePackage),
      },
      handle: async (request, response, { scope }) => {
        const { ids } = parseBody(Export, request);
        response.json(await rules.exportRules(scope, ids ?? null));
      },
    },
    {
      method: 'post',
      path: `${importPath}/preview`,
      access: 'signed-in',
      operation: {
        operationId: 'previewRuleImport',
        summary: 'What importing a file of rules would change, and who has signed it.',
        ...body(RuleImportPreviewRequest),
        responses: answers('Each rule before and after.', RuleImportPreview),
      },
      handle: async (request, response, { scope }) => {
        const given = parseBody(RuleImportPreviewRequest, request);
        response.json(await rules.previewImport(scope, given.package));
      },
    },
    {
      method: 'post',
      path: importPath,
      access: 'signed-in',
      operation: {
        operationId: 'importRules',
        summary: 'Put the chosen rules of a file in force, all or none.',
        ...body(RuleImport),
        responses: answers('All rules as they are afterwards.', RuleList),
      },
      handle: async (request, response, { scope }) => {
        response.json(await rules.importRules(scope, parseBody(RuleImport, request)));
      },
    },
  ];
}
