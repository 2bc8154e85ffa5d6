import type { AlertView } from '../../gateway/protocol/alert.ts';
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { hasDeclined } from './action.ts';
import { askedWords } from './asked.ts';
import { isCalling } from './order.ts';
import { namesOf } from './where.ts';

/** Who was asked, who cannot come, who wants help and who came to help. */
export function Answers({ alert }: { alert: AlertView }) {
  const words = useWords();
  const me = useMe();
  const { asked, unit, acceptedBy, declinedBy, helpers, helpWantedAt } = alert;
  const isPlain = asked.length === 1 && asked[0]?.who === 'unit' && asked[0].id === unit?.id;
  const who = isCalling(alert) && !isPlain ? askedWords(asked, { meId: me.id, words }) : null;
  const others = namesOf(declinedBy.filter(({ id }) => id !== me.id));
  const helping = namesOf(helpers);
  const lines = [
    who === null ? null : words.asked.now(who),
    isCalling(alert) && hasDeclined(alert, me.id) ? words.asked.declinedMe : null,
    others === null ? null : words.asked.declined(others),
    helping === null ? null : words.asked.helpers(helping),
  ].filter((line) => line !== null);
  const wanted = acceptedBy?.id === me.id ? words.asked.helpWantedByMe : null;
  return (
    <>
      {helpWantedAt !== null && alert.state !== 'resolved' && acceptedBy !== null && (
        <p className="help-wanted">{wanted ?? words.asked.helpWanted(acceptedBy.name)}</p>
      )}
      {lines.length > 0 && <p className="answers">{lines.join(' · ')}</p>}
    </>
  );
}
