import type { BenefitResult } from '../../gateway/protocol/report/benefit.ts';
import { useWords } from '../text/language-context.tsx';
import { useFigures } from './use-figures.ts';

/** What it comes to: time and money beside each other, never added up. */
export function BenefitFigures({ result }: { result: BenefitResult }) {
  const { benefit: said } = useWords();
  const { number, kronor, decimal, percent } = useFigures();
  const { figures, notes } = said;
  const orNone = (value: number | null, format: (value: number) => string) =>
    value === null ? said.none : format(value);
  const visits = result.years.reduce((sum, year) => sum + year.visits, 0);
  return (
    <div className="benefit-figures">
      <section aria-labelledby="benefit-time">
        <h3 id="benefit-time">{said.time}</h3>
        <dl>
          <Figure name={figures.hours} value={number(result.hours)} isMain />
          <Figure name={figures.hoursPerFullYear} value={number(result.hoursPerFullYear)} />
          <Figure name={figures.visits} value={number(visits)} />
          <Figure name={figures.km} value={number(result.km)} />
          <Figure
            name={figures.hoursPerThousand}
            value={orNone(result.hoursPerThousand, decimal)}
          />
        </dl>
      </section>
      <section aria-labelledby="benefit-money">
        <h3 id="benefit-money">{said.money}</h3>
        <dl>
          <Figure
            name={figures.netPresentValue}
            note={notes.netPresentValue}
            value={kronor(result.netPresentValue)}
            isMain
          />
          <Figure name={figures.costs} note={notes.costs} value={kronor(result.costs)} />
          <Figure name={figures.saved} note={notes.saved} value={kronor(result.saved)} />
          <Figure
            name={figures.breakEvenYear}
            value={
              result.breakEvenYear === null
                ? said.noBreakEven
                : said.breakEven(result.breakEvenYear)
            }
          />
          <Figure
            name={figures.savedPerKrona}
            note={notes.savedPerKrona}
            value={orNone(result.savedPerKrona, decimal)}
          />
          <Figure
            name={figures.savedPerKronaIfAll}
            note={notes.savedPerKronaIfAll}
            value={orNone(result.savedPerKronaIfAll, decimal)}
          />
          <Figure
            name={figures.shareToBreakEven}
            value={
              result.shareToBreakEven === null ? said.noShare : percent(result.shareToBreakEven)
            }
          />
        </dl>
      </section>
    </div>
  );
}

interface FigureProps {
  name: string;
  value: string;
  note?: string;
  isMain?: boolean;
}

function Figure({ name, value, note, isMain = false }: FigureProps) {
  return (
    <div data-main={isMain || undefined}>
      <dt>
        {name}
        {note !== undefined && <span className="field-note">{note}</span>}
      </dt>
      <dd>{value}</dd>
    </div>
  );
}
