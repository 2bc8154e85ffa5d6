import { Button } from '@midas-ds/components/button';
import { useEffect, useRef, useState } from 'react';

import type { RosterImported } from '../../gateway/protocol/duty/roster.ts';
import { FindingList } from '../plan/finding-list.tsx';
import { useWords } from '../text/language-context.tsx';
import { newOf, sizeOf, withImported } from './change.ts';
import { useRoster } from './roster-context.tsx';
import { RosterDialog, useRosterTold } from './roster-dialog.tsx';
import { rosterSentences } from './roster-words.ts';

interface ImportPreviewProps {
  found: RosterImported;
  onCancel: () => void;
  onAdded: (count: number) => void;
}

/** What was read of a file, and what could not be, before any of it is saved. */
export function ImportPreview({ found, onCancel, onAdded }: ImportPreviewProps) {
  const words = useWords().plan;
  const { roster } = words;
  const { view, mayChange, begin } = useRoster();
  const told = useRosterTold();
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => top.current?.focus(), []);
  const [isAsked, setAsked] = useState(false);
  const fresh = newOf(found.roster, view.document);
  const count = sizeOf(fresh) + fresh.changes.length;
  const already = sizeOf(found.roster) - sizeOf(fresh);
  return (
    <div className="import-preview">
      <h3 ref={top} tabIndex={-1}>
        {sizeOf(found.roster) === 0 ? roster.foundNone : roster.found(sizeOf(found.roster))}
      </h3>
      <FindingList findings={found.findings} />
      {already > 0 && <p>{count === 0 ? roster.nothingNew : roster.already(already)}</p>}
      <ol className="import-list">
        {rosterSentences(fresh, told).map((sentence, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- two shifts may be told alike.
          <li key={index}>{sentence}</li>
        ))}
      </ol>
      <div className="activation-row">
        {count > 0 && mayChange && (
          <Button
            onPress={() => {
              begin();
              setAsked(true);
            }}
          >
            {roster.add(count)}
          </Button>
        )}
        <Button variant="secondary" onPress={onCancel}>
          {roster.cancelImport}
        </Button>
      </div>
      {isAsked && (
        <RosterDialog
          title={roster.add(count)}
          submit={roster.add(count)}
          read={() => withImported(found.roster)}
          onSaved={() => onAdded(count)}
          onClose={() => setAsked(false)}
        />
      )}
    </div>
  );
}
