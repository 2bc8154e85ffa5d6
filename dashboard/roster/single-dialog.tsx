import { useState } from 'react';

import { OneOf } from '../plan/choice.tsx';
import { WallFields } from '../plan/entry-form.tsx';
import { useTold } from '../plan/use-told.ts';
import { periodWords } from '../plan/when.ts';
import { useWords } from '../text/language-context.tsx';
import { withSingle } from './change.ts';
import { useRoster } from './roster-context.tsx';
import { RosterDialog } from './roster-dialog.tsx';
import { readSingle, type SingleDraft } from './shift-draft.ts';

interface SingleDialogProps {
  initial: SingleDraft;
  title: string;
  onClose: () => void;
}

const none: ReadonlySet<string> = new Set();

/** A shift that is planned once: who, and from when to when. */
export function SingleDialog({ initial, title, onClose }: SingleDialogProps) {
  const words = useWords().plan;
  const { people } = useRoster();
  const told = useTold();
  const [draft, setDraft] = useState(initial);
  const [wrong, setWrong] = useState(none);
  const { exact } = draft;

  function read() {
    const found = readSingle(draft);
    const isWrong = 'has' in found;
    setWrong(isWrong ? found : none);
    return isWrong ? null : withSingle(found);
  }

  return (
    <RosterDialog title={title} submit={words.save} read={read} onClose={onClose}>
      {people.length === 0 && <p className="form-locked">{words.roster.noPeople}</p>}
      <OneOf
        label={words.roster.person}
        options={people}
        value={draft.personId}
        isInvalid={wrong.has('personId')}
        errorMessage={words.roster.pickPerson}
        onChange={(personId) => {
          setDraft({ ...draft, personId });
          setWrong(none);
        }}
      />
      <WallFields
        entry={draft}
        wrong={wrong}
        onChange={(period) => {
          setDraft({ ...draft, ...period, exact: null });
          setWrong(none);
        }}
      />
      {exact !== null && (
        <p className="field-note">{periodWords({ from: exact.fromAt, to: exact.toAt }, told)}</p>
      )}
    </RosterDialog>
  );
}
