import type { AlertView } from '../../gateway/protocol/alert.ts';
import { useSpeech } from '../text/language-context.tsx';
import { placeOf } from './where.ts';

/** Who it is about, and where. */
export function WhereLine({ alert }: { alert: AlertView }) {
  const { language } = useSpeech();
  return (
    <p className="alert-where">
      {alert.resident !== null && <strong>{alert.resident.name}</strong>}
      <span>{placeOf(alert, language)}</span>
    </p>
  );
}
