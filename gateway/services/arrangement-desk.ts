import { isDeepStrictEqual } from 'node:util';

import type { ArrangementDesk } from '../domain/arrangement-desk.ts';
import type { Arrangements, MunicipalityFile } from '../domain/duty/arrangement.ts';
import { checkPlan } from '../domain/duty/plan-check.ts';
import { weekOf, withPlan } from '../domain/duty/plan-week.ts';
import { checkPolicies } from '../domain/duty/policy-check.ts';
import { timelinesOf } from '../domain/duty/policy-timeline.ts';
import type { DocumentVersion } from '../domain/duty/staffing.ts';
import { AppError } from '../domain/errors.ts';
import { checkRosters } from '../domain/roster/plan-roster.ts';
import type { Scope } from '../domain/scope.ts';
import type { Finding, Plan } from '../protocol/duty/plan.ts';
import type { PersonChannel, PolicySet } from '../protocol/duty/policy.ts';
import { takeBreaths } from './breath.ts';
import { changedMeanwhile, presentDocument } from './document.ts';
import { changeAndFollow, type Concerned, type FollowOptions } from './follow.ts';
import { requireDuty } from './unit-desk.ts';

export interface ArrangementDeskOptions extends FollowOptions {
  /** How this service can tell people. */
  channels: ReadonlySet<PersonChannel>;
  /** Told of each change once it is committed; ids only. */
  changed: (change: {
    municipalityId: string;
    document: Kind;
    version: number;
    authorId: string;
  }) => void;
}

type Kind = 'plan' | 'policies';

const empty: { [K in Kind]: DocumentVersion<K>['document'] } = {
  plan: { lines: [], exceptions: [] },
  policies: { policies: [] },
};

interface Edit<T> {
  version: number;
  document: T;
  reason: string;
}

export function createArrangementDesk(options: ArrangementDeskOptions): ArrangementDesk {
  const { store, clock, channels, changed } = options;
  const { staffing } = store;

  async function view<K extends Kind>({ municipalityId }: Scope, kind: K) {
    const latest = await staffing.document(municipalityId, kind, '');
    return presentDocument(latest, empty[kind], store.directory);
  }

  async function findingsOfPlan(arrangements: Arrangements, file: MunicipalityFile, plan: Plan) {
    const { id: municipalityId, timeZone } = file;
    const homes = await staffing.homes(municipalityId);
    const subject = { arrangements, municipalityId, timeZone, homes, plan, at: clock() };
    return { homes, findings: checkPlan(subject) };
  }

  async function findingsOfPolicies(
    arrangements: Arrangements,
    { id: municipalityId }: MunicipalityFile,
    { policies }: PolicySet,
  ) {
    const homes = await staffing.homes(municipalityId);
    const endpoints = await staffing.endpoints(municipalityId);
    const subject = { arrangements, municipalityId, policies, homes, endpoints, channels };
    return { homes, endpoints, findings: checkPolicies(subject) };
  }

  /** Keeps a document as the next version of its kind, unless it says what holds already. */
  async function put<K extends Kind>(
    scope: Scope,
    kind: K,
    edit: Edit<DocumentVersion<K>['document']>,
    findings: (arrangements: Arrangements, file: MunicipalityFile) => Promise<readonly Finding[]>,
  ): Promise<void> {
    requireDuty(scope, 'change');
    const { municipalityId, userId: authorId } = scope;
    const version = edit.version + 1;
    let isChanged = false;
    await changeAndFollow(options, async (ledger, at): Promise<Concerned> => {
      const latest = await staffing.document(municipalityId, kind, '');
      const arrangements = await ledger.arrangements();
      const file = fileOf(arrangements, municipalityId);
      if ((latest?.version ?? 0) !== edit.version) {
        throw await changedMeanwhile(latest, file.timeZone, store.directory);
      }
      const { document, reason } = edit;
      if (isDeepStrictEqual(latest?.document ?? empty[kind], document))
        return { municipalityIds: [] };
      refuseErrors(await findings(arrangements, file));
      const why = { authorId, at, reason };
      const added = { municipalityId, kind, subjectId: '', version, document, ...why };
      await ledger.arrange.addDocument(added);
      isChanged = true;
      return { municipalityIds: kind === 'plan' ? [municipalityId] : [] };
    });
    if (isChanged) changed({ municipalityId, document: kind, version, authorId });
  }

  return {
    plan: async (scope) => {
      requireDuty(scope, 'read');
      return view(scope, 'plan');
    },
    putPlan: async (scope, edit) => {
      await put(scope, 'plan', edit, async (arrangements, file) => {
        const { findings } = await findingsOfPlan(arrangements, file, edit.document);
        return findings;
      });
      return view(scope, 'plan');
    },
    checkPlan: async (scope, { document: plan, from }) => {
      requireDuty(scope, 'read');
      const { municipalityId } = scope;
      const arrangements = await staffing.arrangements();
      const file = fileOf(arrangements, municipalityId);
      const { homes, findings } = await findingsOfPlan(arrangements, file, plan);
      const planned = withPlan(arrangements, municipalityId, plan);
      const rosters = await staffing.rosters([...new Set(homes.map(({ unitId }) => unitId))]);
      const stretch = { from: from ?? clock(), homes, rosters };
      const breathe = takeBreaths();
      await breathe();
      const unplanned = checkRosters(planned, file, stretch);
      await breathe();
      const week = weekOf(planned, { ...file, plan }, homes, stretch.from);
      return { findings: [...findings, ...unplanned], ...week };
    },
    policies: async (scope) => {
      requireDuty(scope, 'read');
      return view(scope, 'policies');
    },
    putPolicies: async (scope, edit) => {
      await put(scope, 'policies', edit, async (arrangements, file) => {
        const { findings } = await findingsOfPolicies(arrangements, file, edit.document);
        return findings;
      });
      return view(scope, 'policies');
    },
    checkPolicies: async (scope, { document }) => {
      requireDuty(scope, 'read');
      const { municipalityId } = scope;
      const arrangements = await staffing.arrangements();
      const file = fileOf(arrangements, municipalityId);
      const { homes, endpoints, findings } = await findingsOfPolicies(arrangements, file, document);
      const people = await staffing.people(municipalityId);
      const names = new Map([...people, ...endpoints].map(({ id, name }) => [id, name]));
      const { policies } = document;
      const subject = { arrangements, municipalityId, policies, homes, names, at: clock() };
      return { findings, timelines: timelinesOf(subject) };
    },
  };
}

function fileOf({ municipalities }: Arrangements, id: string): MunicipalityFile {
  const file = municipalities.get(id);
  if (file === undefined) throw new AppError('not-found', 'There is no such municipality.');
  return file;
}

/** @throws AppError `invalid` with all that will not work. */
function refuseErrors(findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  const lines = errors.map(({ path, text }) => `${path.join('.')}: ${text.en}`);
  throw new AppError('invalid', `This cannot be put in force:\n${lines.join('\n')}`);
}
