import { Link } from 'react-router';

import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { useDuties } from './duty-context.tsx';
import { missedUnits, standingOf } from './duty-state.ts';

import './duty.css';

/** Says, on the board, that nobody asks the reader until they have checked in. */
export function DutyPrompt() {
  const words = useWords();
  const now = useNow();
  const { page } = useDuties();
  if (page === null || standingOf(page, now).is !== 'off') return null;
  const names = missedUnits(page, now).map(({ unit }) => unit.name);
  const units = new Intl.ListFormat(words.locale).format(names);
  return (
    <section className="duty-prompt" aria-label={words.duty.offDuty}>
      <p>
        <strong>{words.duty.prompt}</strong> {words.duty.promptWhy(units)}
      </p>
      <Link to="/duty" className="duty-prompt-link">
        {words.duty.toCheckIn}
      </Link>
    </section>
  );
}
