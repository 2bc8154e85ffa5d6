import { Link } from 'react-router';

import type { DutyView } from '../../gateway/protocol/duty/duty.ts';
import { useClockWords } from '../clock/clock-words.ts';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { useDuties } from './duty-context.tsx';
import { standingOf } from './duty-state.ts';

import './duty.css';

/** Where the reader is, and whether they are on duty there and until when; leads to the page about it. */
export function DutyMark({ place }: { place: string }) {
  const words = useWords();
  const clock = useClockWords();
  const now = useNow();
  const { page } = useDuties();
  const standing = page === null ? null : standingOf(page, now);
  const onWords = ({ unit: of, until }: Pick<DutyView, 'unit' | 'until'>) =>
    `${of === null ? words.duty.onCallShort : words.duty.onDutyShort} ${words.duty.until(clock(until))}`;
  if (standing === null || standing.is === 'always')
    return (
      <Link to="/duty" className="duty-mark" data-standing="always">
        <span className="duty-place">{place}</span>
        <span className="visually-hidden">{words.page.duty}</span>
      </Link>
    );
  const isOn = standing.is === 'on';
  const unit = isOn ? (standing.duty.unit?.name ?? place) : place;
  const state = isOn ? onWords(standing.duty) : words.duty.offDuty;
  return (
    <Link to="/duty" className="duty-mark" data-standing={standing.is}>
      <span className="duty-place">{unit}</span>
      <span className="duty-until">{state}</span>
    </Link>
  );
}
