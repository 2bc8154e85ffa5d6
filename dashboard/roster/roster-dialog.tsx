import type { ReactNode } from 'react';

import { differenceOf } from '../plan/merge.ts';
import { DifferenceList } from '../plan/overtaken-note.tsx';
import { useTold } from '../plan/use-told.ts';
import { ReasonDialog } from '../rule/reason-dialog.tsx';
import { useWords } from '../text/language-context.tsx';
import type { Change } from './change.ts';
import { useRoster } from './roster-context.tsx';
import { rosterSentences, type RosterTold } from './roster-words.ts';

interface RosterDialogProps {
  title: string;
  submit: string;
  /** What is to be done; null while something is missing. */
  read: () => Change | null;
  /** Once it is in force. */
  onSaved?: () => void;
  onClose: () => void;
  children?: ReactNode;
}

/** Changes the roster, with a reason; says so where another changed it first. */
export function RosterDialog({
  title,
  submit,
  read,
  onSaved,
  onClose,
  children,
}: RosterDialogProps) {
  const words = useWords().plan;
  const { action, overtaken, apply } = useRoster();
  const told = useRosterTold();
  return (
    <ReasonDialog
      title={title}
      submit={submit}
      action={action}
      onClose={onClose}
      onSubmit={async (reason) => {
        const change = read();
        const isSaved = change !== null && (await apply(change, reason));
        if (isSaved) onSaved?.();
        return isSaved;
      }}
    >
      {children}
      {overtaken !== null && (
        <div role="alert" className="overtaken">
          <p>
            <strong>
              {words.roster.overtaken(overtaken.by.author?.name ?? words.doc.bySystem)}
            </strong>
          </p>
          {overtaken.by.reason !== null && <p>{words.doc.overtakenReason(overtaken.by.reason)}</p>}
          <DifferenceList
            difference={differenceOf(
              rosterSentences(overtaken.before.document, told),
              rosterSentences(overtaken.by.document, told),
            )}
          />
        </div>
      )}
    </ReasonDialog>
  );
}

/** Who, by whose clock and in whose words, for sentences about this roster. */
export function useRosterTold(): RosterTold {
  const told = useTold();
  const { people } = useRoster();
  return { people, told, words: useWords().plan.roster };
}
