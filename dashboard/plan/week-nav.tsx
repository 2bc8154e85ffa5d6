import { Button } from '@midas-ds/components/button';

import { addDays, mondayOf, wallOf } from '../clock/zoned.ts';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { useTold } from './use-told.ts';
import { dateWords, nextClockChange, weekNumber } from './when.ts';

interface WeekNavProps {
  monday: string;
  onChoose: (monday: string) => void;
}

/** Which week is shown, and the ways to others: the next night on which the clocks are set is one of them. */
export function WeekNav({ monday, onChoose }: WeekNavProps) {
  const { plan } = useWords().plan;
  const told = useTold();
  const today = wallOf(useNow(), told.timeZone).date;
  const change = nextClockChange(today, told.timeZone);
  const title = plan.weekTitle(
    weekNumber(monday),
    dateWords(monday, told.locale),
    dateWords(addDays(monday, 6), told.locale),
  );
  return (
    <div className="week-nav">
      <h3 aria-live="polite">{title}</h3>
      <div className="activation-row">
        <Button variant="secondary" size="medium" onPress={() => onChoose(addDays(monday, -7))}>
          {plan.earlier}
        </Button>
        <Button variant="secondary" size="medium" onPress={() => onChoose(addDays(monday, 7))}>
          {plan.later}
        </Button>
        <Button
          variant="secondary"
          size="medium"
          isDisabled={monday === mondayOf(today)}
          onPress={() => onChoose(mondayOf(today))}
        >
          {plan.thisWeek}
        </Button>
        {change !== null && (
          <Button variant="secondary" size="medium" onPress={() => onChoose(mondayOf(change))}>
            {plan.nextClockChange}
          </Button>
        )}
      </div>
    </div>
  );
}
