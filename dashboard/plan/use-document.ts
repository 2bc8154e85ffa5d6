import { useCallback, useState } from 'react';

import { type Action, useAction } from '../rule/use-action.ts';
import { isSame } from './merge.ts';

/** A document as it holds now; version 0: nobody has written one. */
export interface InForce<D> {
  version: number;
  document: D;
  author: { id: string; name: string } | null;
  at: number | null;
  reason: string | null;
}

interface DocumentOptions<D> {
  newest: InForce<D>;
  put: (edit: { version: number; document: D; reason: string }) => Promise<InForce<D>>;
  /** One's own changes of `base`, made to what another has saved meanwhile. */
  merge: (base: D, mine: D, theirs: D) => D;
  /** Fetches the newest again. */
  again: () => void;
}

export interface DocumentDraft<D> {
  base: InForce<D>;
  draft: D;
  setDraft: (draft: D) => void;
  isChanged: boolean;
  /** What another has saved since one began; null while one's own base is in force. */
  overtaking: InForce<D> | null;
  keep: () => void;
  drop: () => void;
  undo: () => void;
  save: (reason: string) => Promise<boolean>;
  /** The version one has just saved. */
  saved: number | null;
  action: Action;
}

/** A document that is written here and then put in force, while others may do the same. */
export function useDocument<D>(options: DocumentOptions<D>): DocumentDraft<D> {
  const { newest, put, merge, again } = options;
  const [base, setBase] = useState(newest);
  const [draft, setDraft] = useState(newest.document);
  const [saved, setSaved] = useState<number | null>(null);
  const action = useAction();
  const isChanged = !isSame(draft, base.document);
  const isBehind = newest.version > base.version;

  const startFrom = useCallback((next: InForce<D>, document: D) => {
    setBase(next);
    setDraft(document);
    setSaved(null);
  }, []);
  // Nothing of one's own is lost by following along.
  if (isBehind && !isChanged) startFrom(newest, newest.document);

  async function save(reason: string): Promise<boolean> {
    const isSaved = await action.run(
      async () => {
        const fresh = await put({ version: base.version, document: draft, reason });
        startFrom(fresh, fresh.document);
        setSaved(fresh.version);
        again();
      },
      ({ status }) => {
        if (status === 409) again();
        return status === 409;
      },
    );
    // Where another was first, that is told on the page, not in the dialog.
    return isSaved;
  }

  return {
    base,
    draft,
    setDraft,
    isChanged,
    overtaking: isBehind && isChanged ? newest : null,
    keep: () => startFrom(newest, merge(base.document, draft, newest.document)),
    drop: () => startFrom(newest, newest.document),
    undo: () => setDraft(base.document),
    save,
    saved: isChanged ? null : saved,
    action,
  };
}
