import type { AlertView } from '../../gateway/protocol/alert.ts';
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import type { Dictionary } from '../text/sv.ts';
import { hasDeclined } from './action.ts';
import { askedWords } from './asked.ts';
import { asksSameAgain } from './countdown.ts';
import { isCalling } from './order.ts';
import { namesOf } from './where.ts';

/** Who was asked, who cannot come, who wants help and who came to help. */
export function Answers({ alert }: { alert: AlertView }) {
  const words = useWords();
  const { id: meId } = useMe();
  const wanted = helpWords(alert, meId, words);
  const lines = [askingWords(alert, meId, words), ...answerWords(alert, meId, words)].filter(
    (line) => line !== null,
  );
  return (
    <>
      {wanted !== null && <p className="help-wanted">{wanted}</p>}
      {lines.length > 0 && <p className="answers">{lines.join(' · ')}</p>}
    </>
  );
}

/** That the unit which answers is asked goes without saying; so do those whom the countdown asks again. */
function askingWords(alert: AlertView, meId: string, words: Dictionary): string | null {
  const { asked, unit } = alert;
  const isPlain = asked.length === 1 && asked[0]?.who === 'unit' && asked[0].id === unit?.id;
  if (!isCalling(alert) || isPlain || asksSameAgain(alert)) return null;
  const who = askedWords(asked, { meId, words });
  return who === null ? null : words.asked.now(who);
}

function answerWords(alert: AlertView, meId: string, words: Dictionary): (string | null)[] {
  const others = namesOf(alert.declinedBy.filter(({ id }) => id !== meId));
  const helping = namesOf(alert.helpers);
  // Once somebody has it, who could not come is for the alert's page to tell.
  const isOpen = isCalling(alert);
  return [
    isOpen && hasDeclined(alert, meId) ? words.asked.declinedMe : null,
    isOpen && others !== null ? words.asked.declined(others) : null,
    helping === null ? null : words.asked.helpers(helping),
  ];
}

function helpWords(alert: AlertView, meId: string, words: Dictionary): string | null {
  const { helpWantedAt, acceptedBy, state } = alert;
  if (helpWantedAt === null || acceptedBy === null || state === 'resolved') return null;
  return acceptedBy.id === meId
    ? words.asked.helpWantedByMe
    : words.asked.helpWanted(acceptedBy.name);
}
