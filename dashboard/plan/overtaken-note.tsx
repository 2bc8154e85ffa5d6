import { Button } from '@midas-ds/components/button';

import { TimeAgo } from '../clock/time-ago.tsx';
import { useWords } from '../text/language-context.tsx';
import type { Difference } from './merge.ts';
import type { InForce } from './use-document.ts';

interface OvertakenNoteProps {
  by: InForce<unknown>;
  /** What they changed, in sentences. */
  difference: Difference;
  onKeep: () => void;
  onDrop: () => void;
}

/** Somebody else was first: who, when, why, and what they changed. */
export function OvertakenNote({ by, difference, onKeep, onDrop }: OvertakenNoteProps) {
  const { doc } = useWords().plan;
  return (
    <div role="alert" className="overtaken">
      <p>
        <strong>{doc.overtaken(by.author?.name ?? doc.bySystem, by.version)}</strong>{' '}
        {by.at !== null && <TimeAgo at={by.at} />}
      </p>
      {by.reason !== null && <p>{doc.overtakenReason(by.reason)}</p>}
      <DifferenceList difference={difference} />
      <div className="activation-row">
        <Button variant="secondary" onPress={onKeep}>
          {doc.keep}
        </Button>
        <Button variant="secondary" onPress={onDrop}>
          {doc.drop}
        </Button>
      </div>
    </div>
  );
}

/** What was added, removed and moved, as sentences. */
export function DifferenceList({ difference }: { difference: Difference }) {
  const { doc } = useWords().plan;
  const changes = [
    { change: 'added', said: doc.theyAdded, sentences: difference.added },
    { change: 'removed', said: doc.theyRemoved, sentences: difference.removed },
    { change: 'moved', said: doc.theyMoved, sentences: difference.moved },
  ].filter(({ sentences }) => sentences.length > 0);
  if (changes.length === 0) return <p>{doc.theySame}</p>;
  return (
    <dl className="difference">
      {changes.map(({ change, said, sentences }) => (
        <div key={change} data-change={change}>
          <dt>{said}</dt>
          {[...new Set(sentences)].map((sentence) => (
            <dd key={sentence}>{sentence}</dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
