import { useCallback, useMemo, useState } from 'react';

import type { Coverage, RosterView } from '../../gateway/protocol/duty/roster.ts';
import type { UnitView } from '../../gateway/protocol/duty/unit.ts';
import { fetchRoster, putRoster } from '../api/plan-api.ts';
import { mayArrange } from '../plan/permission.ts';
import { useAction } from '../rule/use-action.ts';
import { useMe } from '../session/session-context.tsx';
import type { Overtaken, RosterDesk } from './roster-context.tsx';

interface DeskOptions {
  unit: UnitView;
  fetched: RosterView;
  ahead: Coverage | null;
  /** Gaps and shifts are to be fetched again. */
  onSaved: () => void;
}

/** Changes one thing at a time, each with its reason: what one sees is always what holds. */
export function useRosterDesk({ unit, fetched, ahead, onSaved }: DeskOptions): RosterDesk {
  const action = useAction();
  const { role } = useMe();
  const [own, setOwn] = useState<RosterView | null>(null);
  const [overtaken, setOvertaken] = useState<Overtaken | null>(null);
  const view = own !== null && own.version > fetched.version ? own : fetched;
  const { run, clear } = action;

  const apply = useCallback<RosterDesk['apply']>(
    async (change, reason) => {
      const document = change(view.document);
      const isSaved = await run(
        async () => {
          setOwn(await putRoster(unit.id, { version: view.version, document, reason }));
          setOvertaken(null);
          onSaved();
        },
        ({ status }) => {
          if (status !== 409) return false;
          const newest = new AbortController();
          void fetchRoster(unit.id, newest.signal).then(
            (by) => {
              setOwn(by);
              setOvertaken({ before: view, by });
              onSaved();
            },
            () => onSaved(),
          );
          return true;
        },
      );
      return isSaved;
    },
    [unit.id, view, run, onSaved],
  );
  const begin = useCallback(() => {
    clear();
    setOvertaken(null);
  }, [clear]);

  return useMemo(
    () => ({
      unit,
      view,
      people: unit.members,
      ahead,
      mayChange: mayArrange(role) && unit.isOwn,
      action,
      overtaken,
      apply,
      begin,
    }),
    [unit, view, ahead, role, action, overtaken, apply, begin],
  );
}
