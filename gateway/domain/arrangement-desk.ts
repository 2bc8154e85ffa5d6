import type { z } from 'zod';

import type { PlanCheck, PlanChecked, PlanEdit, PlanView } from '../protocol/duty/plan.ts';
import type {
  PolicyCheck,
  PolicyChecked,
  PolicySetEdit,
  PolicySetView,
} from '../protocol/duty/policy.ts';
import type { Scope } from './scope.ts';

/**
 * The plan and the policies of a municipality, which coordinators change and administrators read; else AppError
 * `forbidden`. A document with errors among its findings is `invalid`; one that somebody has changed since is `conflict`.
 */
export interface ArrangementDesk {
  plan: (scope: Scope) => Promise<PlanView>;
  /** Live alerts go at once to whoever answers by it. What holds already leads to no new version. */
  putPlan: (scope: Scope, edit: z.infer<typeof PlanEdit>) => Promise<PlanView>;
  checkPlan: (scope: Scope, check: z.infer<typeof PlanCheck>) => Promise<PlanChecked>;
  policies: (scope: Scope) => Promise<PolicySetView>;
  /** For alerts that are raised later; those that live keep theirs. */
  putPolicies: (scope: Scope, edit: z.infer<typeof PolicySetEdit>) => Promise<PolicySetView>;
  checkPolicies: (scope: Scope, check: z.infer<typeof PolicyCheck>) => Promise<PolicyChecked>;
}
