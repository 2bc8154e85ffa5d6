import { Button } from '@midas-ds/components/button';
import { useCallback, useState } from 'react';

import { TimeAgo } from '../clock/time-ago.tsx';
import { LeaveGuard } from '../rule/leave-guard.tsx';
import { ReasonDialog } from '../rule/reason-dialog.tsx';
import { useWords } from '../text/language-context.tsx';
import { differenceOf } from './merge.ts';
import { DifferenceList, OvertakenNote } from './overtaken-note.tsx';
import type { DocumentDraft, InForce } from './use-document.ts';

interface SaveBarProps<D> {
  document: DocumentDraft<D>;
  /** The document as sentences, to tell what changes. */
  sentencesOf: (document: D) => string[];
  /** It says something that will not work. */
  isFaulty: boolean;
}

/** Puts what is written in force, with a reason, and says what another did meanwhile. */
export function SaveBar<D>({ document, sentencesOf, isFaulty }: SaveBarProps<D>) {
  const { doc } = useWords().plan;
  const { base, draft, isChanged, overtaking, saved, action } = document;
  const [isAsked, setAsked] = useState(false);
  const isUnsaved = useCallback(() => isChanged, [isChanged]);
  const isAsking = isAsked && overtaking === null;
  return (
    <section className="save-bar" data-changed={isChanged || undefined} aria-label={doc.save}>
      <LeaveGuard isUnsaved={isUnsaved} title={doc.leaveTitle} about={doc.leaveAbout} />
      {overtaking !== null && (
        <OvertakenNote
          by={overtaking}
          difference={differenceOf(sentencesOf(base.document), sentencesOf(overtaking.document))}
          onKeep={() => {
            setAsked(false);
            document.keep();
          }}
          onDrop={() => {
            setAsked(false);
            document.drop();
          }}
        />
      )}
      <div className="activation-row">
        <Button
          isDisabled={!isChanged || isFaulty || overtaking !== null}
          onPress={() => {
            action.clear();
            setAsked(true);
          }}
        >
          {doc.save}
        </Button>
        {isChanged && (
          <Button variant="secondary" onPress={document.undo}>
            {doc.undo}
          </Button>
        )}
        <output className="activation-state">
          {stateWords({ isChanged, isFaulty, saved }, doc)}
        </output>
      </div>
      {isAsking && (
        <ReasonDialog
          title={doc.save}
          submit={doc.save}
          action={action}
          onSubmit={document.save}
          onClose={() => setAsked(false)}
        >
          <div>
            <p className="field-label">{doc.whatChanges}</p>
            <DifferenceList
              difference={differenceOf(sentencesOf(base.document), sentencesOf(draft))}
            />
          </div>
        </ReasonDialog>
      )}
    </section>
  );
}

interface State {
  isChanged: boolean;
  isFaulty: boolean;
  saved: number | null;
}

type DocWords = ReturnType<typeof useWords>['plan']['doc'];

function stateWords({ isChanged, isFaulty, saved }: State, doc: DocWords): string {
  if (isChanged) return isFaulty ? doc.faulty : doc.unsaved;
  return saved === null ? doc.noChange : doc.saved(saved);
}

/** Which version holds, and who wrote it. */
export function VersionLine({ inForce }: { inForce: InForce<unknown> }) {
  const { doc } = useWords().plan;
  if (inForce.version === 0) return <p className="page-summary">{doc.never}</p>;
  return (
    <p className="page-summary">
      {doc.inForce(inForce.version)}
      {inForce.author !== null && `, ${doc.by(inForce.author.name)}`}{' '}
      {inForce.at !== null && <TimeAgo at={inForce.at} />}
    </p>
  );
}
