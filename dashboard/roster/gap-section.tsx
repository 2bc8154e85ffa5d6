import { Button } from '@midas-ds/components/button';
import { useState } from 'react';

import type { Gap } from '../../gateway/protocol/duty/roster.ts';
import { SeverityMark } from '../alert/severity-mark.tsx';
import { wallOf } from '../clock/zoned.ts';
import { useTold } from '../plan/use-told.ts';
import { dateWords } from '../plan/when.ts';
import { useWords } from '../text/language-context.tsx';
import { useRoster } from './roster-context.tsx';
import { gapWhen } from './roster-words.ts';

const firstShown = 5;

interface GapSectionProps {
  onShow: (gap: Gap) => void;
  onFill: (gap: Gap) => void;
}

/** First of all: when nobody is planned, in the eight weeks to come. */
export function GapSection({ onShow, onFill }: GapSectionProps) {
  const words = useWords();
  const { roster } = words.plan;
  const { unit, ahead, mayChange } = useRoster();
  const told = useTold();
  const [isAll, setAll] = useState(false);
  const gaps = (ahead?.gaps ?? []).filter(({ unitId }) => unitId === unit.id);
  const shown = isAll ? gaps : gaps.slice(0, firstShown);
  return (
    <section aria-labelledby="gaps">
      <h2 id="gaps" className="rule-group">
        {roster.gaps} {gaps.length > 0 && <span className="count">{gaps.length}</span>}
      </h2>
      {ahead === null && <output>{words.loading}</output>}
      {ahead !== null && gaps.length === 0 && (
        <p className="all-well">
          {unit.duty === 'always'
            ? roster.unchecked
            : roster.noGaps(dateWords(wallOf(ahead.to, told.timeZone).date, told.locale))}
        </p>
      )}
      {gaps.length > 0 && (
        <ul className="rows gap-list">
          {shown.map((gap) => {
            const when = gapWhen(gap, told);
            return (
              <li key={gap.from}>
                <p className="gap-line">
                  <SeverityMark severity="high" />
                  <strong>{roster.gap(gap.minutes, when)}</strong>
                </p>
                <p className="activation-row">
                  <Button
                    variant="secondary"
                    size="medium"
                    aria-label={roster.showWeekOf(when)}
                    onPress={() => onShow(gap)}
                  >
                    {roster.showWeek}
                  </Button>
                  {mayChange && (
                    <Button
                      size="medium"
                      aria-label={roster.fillOf(when)}
                      onPress={() => onFill(gap)}
                    >
                      {roster.fill}
                    </Button>
                  )}
                </p>
              </li>
            );
          })}
        </ul>
      )}
      {shown.length < gaps.length && (
        <Button variant="secondary" className="add-button" onPress={() => setAll(true)}>
          {roster.moreGaps(gaps.length - shown.length)}
        </Button>
      )}
    </section>
  );
}
