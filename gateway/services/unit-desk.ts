import type { Arrangements, UnitFile } from '../domain/duty/arrangement.ts';
import { membersOf } from '../domain/duty/reach.ts';
import { mayAnswer } from '../domain/duty/responsibility.ts';
import type { DocumentVersion } from '../domain/duty/staffing.ts';
import { AppError } from '../domain/errors.ts';
import type { Ledger } from '../domain/ledger.ts';
import { permissions, type Scope } from '../domain/scope.ts';
import type { UnitDesk } from '../domain/unit-desk.ts';
import type { Role } from '../protocol/api.ts';
import type { UnitEdit, UnitInput, UnitView } from '../protocol/duty/unit.ts';
import { changedMeanwhile } from './document.ts';
import { changeAndFollow, type FollowOptions } from './follow.ts';

export interface UnitDeskOptions extends FollowOptions {
  newId: () => string;
  /** Told of each change once it is committed; ids only. */
  changed: (change: { municipalityId: string; unitId: string; authorId: string }) => void;
}

export function createUnitDesk(options: UnitDeskOptions): UnitDesk {
  const { store, clock, newId, changed } = options;

  async function view({ municipalityId }: Scope, units: readonly UnitFile[]): Promise<UnitView[]> {
    const arrangements = await store.staffing.arrangements();
    const at = clock();
    const shown = units.map((unit) => presentUnit(arrangements, unit, municipalityId, at));
    const written = new Map<string, Written>();
    for (const { id, isOwn } of shown) {
      const latest = isOwn ? await store.staffing.document(municipalityId, 'unit', id) : null;
      if (latest !== null) written.set(id, latest);
    }
    const ids = shown.flatMap(({ onDuty, members }) => [...onDuty, ...members].map(({ id }) => id));
    ids.push(...[...written.values()].map(({ authorId }) => authorId));
    const names = await store.directory.people([...new Set(ids)]);
    const named = <T extends { id: string }>(people: readonly T[]) =>
      people
        .map((person) => ({ ...person, name: names.get(person.id) ?? person.id }))
        .toSorted((a, b) => a.name.localeCompare(b.name, 'sv'));
    return shown
      .map((unit) => ({
        ...unit,
        ...presentChange(written.get(unit.id), names),
        onDuty: named(unit.onDuty),
        members: named(unit.members),
      }))
      .toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn) || a.name.localeCompare(b.name, 'sv'));
  }

  async function one(scope: Scope, id: string): Promise<UnitView> {
    const unit = (await store.staffing.arrangements()).units.get(id);
    const [shown] = unit === undefined ? [] : await view(scope, [unit]);
    if (shown === undefined) throw noSuchUnit();
    return shown;
  }

  return {
    list: async (scope) => {
      requireDuty(scope, 'read');
      const { municipalityId } = scope;
      const { units, municipalities } = await store.staffing.arrangements();
      const all = [...units.values()].filter(({ id }) => mayAnswer({ units }, id, municipalityId));
      const people = await store.staffing.people(municipalityId);
      return {
        items: await view(scope, all),
        municipalities: [...municipalities.values()]
          .filter(({ id }) => id !== municipalityId)
          .map(({ id, name }) => ({ id, name }))
          .toSorted((a, b) => a.name.localeCompare(b.name, 'sv')),
        people: people.map(({ id, name, role }) => ({ id, name, role: role as Role })),
      };
    },
    add: async (scope, edit) => {
      requireDuty(scope, 'change');
      const { municipalityId, userId: authorId } = scope;
      const id = `unit-${newId()}`;
      const document = inputOf(edit);
      await store.transaction(async (ledger) => {
        const at = clock();
        await ledger.arrange.addUnit({ ...document, id, municipalityId }, at);
        await keep(ledger, scope, { id, document, version: 1, at, reason: edit.reason });
      });
      changed({ municipalityId, unitId: id, authorId });
      return one(scope, id);
    },
    change: async (scope, id, edit) => {
      requireDuty(scope, 'change');
      const { municipalityId, userId: authorId } = scope;
      const document = inputOf(edit);
      await changeAndFollow(options, async (ledger, at) => {
        const { units, municipalities } = await ledger.arrangements();
        const before = units.get(id);
        if (before?.municipalityId !== municipalityId) throw noSuchUnit();
        const latest = await store.staffing.document(municipalityId, 'unit', id);
        const { version: edited = latest?.version ?? 0, reason } = edit;
        if ((latest?.version ?? 0) !== edited) {
          const timeZone = municipalities.get(municipalityId)?.timeZone ?? 'UTC';
          throw await changedMeanwhile(latest, timeZone, store.directory);
        }
        await ledger.arrange.changeUnit({ ...document, id, municipalityId });
        await keep(ledger, scope, { id, document, version: edited + 1, at, reason });
        return { municipalityIds: [municipalityId, ...before.serves, ...document.serves] };
      });
      changed({ municipalityId, unitId: id, authorId });
      return one(scope, id);
    },
  };
}

type Written = Pick<DocumentVersion, 'version' | 'authorId' | 'at' | 'reason'>;

function inputOf({ version: _version, reason: _reason, ...unit }: UnitEdit): UnitInput {
  return unit;
}

/** Keeps who made a unit what it is, when and why. */
async function keep(
  ledger: Pick<Ledger, 'arrange'>,
  { municipalityId, userId: authorId }: Scope,
  written: {
    id: string;
    document: UnitInput;
    version: number;
    at: number;
    reason: string | undefined;
  },
): Promise<void> {
  const { id: subjectId, reason = '', ...rest } = written;
  const kind = 'unit';
  await ledger.arrange.addDocument({ municipalityId, kind, subjectId, authorId, reason, ...rest });
}

function presentChange(
  written: Written | undefined,
  names: ReadonlyMap<string, string>,
): Pick<UnitView, 'version' | 'changed'> {
  if (written === undefined) return { version: 0, changed: null };
  const { version, authorId: id, at, reason } = written;
  const author = { id, name: names.get(id) ?? id };
  return { version, changed: { author, at, reason: reason === '' ? null : reason } };
}

/** Whom it serves besides, who belongs to it and how it is reached is for its own municipality to know. */
function presentUnit(
  arrangements: Arrangements,
  unit: UnitFile,
  readerOf: string,
  at: number,
): Omit<UnitView, 'onDuty' | 'members' | 'version' | 'changed'> & {
  onDuty: { id: string; until: number }[];
  members: { id: string }[];
} {
  const { id, municipalityId, name, kind, duty } = unit;
  const isOwn = municipalityId === readerOf;
  return {
    id,
    name,
    kind,
    duty,
    endpointId: isOwn ? unit.endpointId : null,
    serves: isOwn ? [...unit.serves] : [readerOf],
    municipality: {
      id: municipalityId,
      name: arrangements.municipalities.get(municipalityId)?.name ?? municipalityId,
    },
    isOwn,
    onDuty: arrangements.duties
      .filter(({ unitId, from, until }) => unitId === id && from <= at && at < until)
      .map(({ personId, until }) => ({ id: personId, until })),
    members: isOwn ? membersOf(arrangements, id).map((person) => ({ id: person.id })) : [],
  };
}

function noSuchUnit(): AppError {
  return new AppError('not-found', 'There is no such unit.');
}

/** @throws AppError `forbidden` */
export function requireDuty({ role }: Pick<Scope, 'role'>, right: 'change' | 'read'): void {
  const { duty } = permissions[role];
  if (duty === 'change' || duty === right) return;
  throw new AppError(
    'forbidden',
    duty === 'read'
      ? 'Your role may read how the work is arranged, and a coordinator change it.'
      : 'Your role does not arrange the work.',
  );
}
