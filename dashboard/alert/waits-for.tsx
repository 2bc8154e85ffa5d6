import { Link } from 'react-router';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import { useSpeech } from '../text/language-context.tsx';

/** Which other alert of the home must be resolved before this one asks. */
export function WaitsFor({ alert: { inhibitedBy } }: { alert: AlertView }) {
  const { words, say } = useSpeech();
  if (inhibitedBy === null) return null;
  const { id, title } = inhibitedBy;
  if (title === null) return <p className="waits-for">{words.inhibition.waitsForAnother}</p>;
  return (
    <p className="waits-for">
      <Link to={`/alerts/${id}`}>{words.inhibition.waitsFor(say(title))}</Link>
    </p>
  );
}
