import { ListBoxItem } from '@midas-ds/components/list-box';
import { Select } from '@midas-ds/components/select';

import { fetchHomes } from '../api/home-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { useWords } from '../text/language-context.tsx';

/** What of the past a rule is tried on. */
export interface Period {
  days: number;
  /** Null for all homes. */
  homeId: string | null;
}

export const firstPeriod: Period = { days: 30, homeId: null };
const choices = [7, 30, 90];
const everyHome = 'every-home';
const refreshMs = 3_600_000;
const dayMs = 86_400_000;

interface PeriodFieldsProps {
  period: Period;
  onChange: (period: Period) => void;
}

export function PeriodFields({ period, onChange }: PeriodFieldsProps) {
  const words = useWords();
  const { data } = useFetched(fetchHomes, 0, refreshMs);
  const homes = data ?? [];
  return (
    <>
      <Select
        label={words.backtest.period}
        value={String(period.days)}
        onChange={(days) => onChange({ ...period, days: Number(days) })}
      >
        {choices.map((days) => (
          <ListBoxItem key={days} id={String(days)}>
            {words.backtest.days(days)}
          </ListBoxItem>
        ))}
      </Select>
      <Select
        label={words.backtest.homes}
        value={period.homeId ?? everyHome}
        onChange={(id) => onChange({ ...period, homeId: id === everyHome ? null : String(id) })}
      >
        {[
          { id: everyHome, label: words.backtest.allHomes },
          ...homes.map(({ id, label }) => ({ id, label })),
        ].map(({ id, label }) => (
          <ListBoxItem key={id} id={id}>
            {label}
          </ListBoxItem>
        ))}
      </Select>
    </>
  );
}

/** The period up to now, as the gateway is asked for it. */
export function requestOf({ days, homeId }: Period, now: number) {
  return {
    from: now - days * dayMs,
    to: now,
    ...(homeId !== null && { homeIds: [homeId] }),
  };
}
