import { z } from 'zod';

import type { Override } from '../../gateway/protocol/rule/override.ts';
import {
  type RuleActivation,
  RuleCheck,
  RuleDetail,
  type RuleImport,
  RuleImportPreview,
  RuleList,
  RulePackage,
  type RuleTemplate,
  RuleTemplateList,
  type RuleView,
} from '../../gateway/protocol/rule/rule-api.ts';
import { request } from './request.ts';

function path(id: string, rest = ''): string {
  return `/rules/${encodeURIComponent(id)}${rest}`;
}

export async function fetchRules(signal: AbortSignal): Promise<RuleView[]> {
  return (await request(RuleList, '/rules', { signal })).items;
}

export function fetchRule(id: string, signal: AbortSignal): Promise<RuleDetail> {
  return request(RuleDetail, path(id), { signal });
}

export function checkRule(source: string, signal: AbortSignal): Promise<RuleCheck> {
  return request(RuleCheck, '/rules/check', { method: 'POST', body: { source }, signal });
}

/** Answers with the rule as it is afterwards. */
export function activateRule(id: string, body: RuleActivation): Promise<RuleDetail> {
  return request(RuleDetail, path(id), { method: 'PUT', body });
}

export interface OverrideWish {
  ruleId: string;
  homeId: string;
  /** Null takes the home's own values back. */
  override: Override | null;
  reason: string;
}

export async function changeOverride(wish: OverrideWish): Promise<void> {
  const { ruleId, homeId, override, reason } = wish;
  await request(z.unknown(), path(ruleId, `/homes/${encodeURIComponent(homeId)}`), {
    method: 'PUT',
    body: { override, reason },
  });
}

export async function fetchTemplates(signal: AbortSignal): Promise<RuleTemplate[]> {
  return (await request(RuleTemplateList, '/rule-templates', { signal })).items;
}

/** A signed file of these rules, or of all. */
export function exportRules(ids?: readonly string[]): Promise<RulePackage> {
  const body = ids === undefined ? {} : { ids };
  return request(RulePackage, '/rules/exports', { method: 'POST', body });
}

export function previewImport(file: RulePackage): Promise<RuleImportPreview> {
  return request(RuleImportPreview, '/rules/imports/preview', {
    method: 'POST',
    body: { package: file },
  });
}

export async function importRules(body: z.infer<typeof RuleImport>): Promise<void> {
  await request(z.unknown(), '/rules/imports', { method: 'POST', body });
}
