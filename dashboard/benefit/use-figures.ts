import { useMemo } from 'react';

import { wholeKronor } from '../../gateway/protocol/report/benefit.ts';
import { useWords } from '../text/language-context.tsx';

/** How numbers of the calculation are shown: kronor and counts whole, rates with two decimals. */
export function useFigures() {
  const { locale } = useWords();
  return useMemo(() => {
    const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
    const two = new Intl.NumberFormat(locale, {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    });
    const four = new Intl.NumberFormat(locale, { minimumFractionDigits: 4 });
    const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
    const short = new Intl.NumberFormat(locale, {
      notation: 'compact',
      maximumSignificantDigits: 3,
    });
    const number = (value: number) => whole.format(wholeKronor(value));
    return {
      number,
      kronor: (value: number) => `${number(value)}\u00A0kr`,
      decimal: (value: number) => two.format(value),
      factor: (value: number) => four.format(value),
      percent: (value: number) => share.format(value),
      /** For where there is little room. */
      compact: (value: number) =>
        Math.abs(value) < 100_000 ? number(value) : short.format(wholeKronor(value)),
    };
  }, [locale]);
}
