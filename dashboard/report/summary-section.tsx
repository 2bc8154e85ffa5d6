import type { FollowUpReport } from '../../gateway/protocol/report/follow-up.ts';
import { FigureTable } from '../chart/figure-table.tsx';
import { useWords } from '../text/language-context.tsx';
import type { reportSv } from '../text/report-sv.ts';
import { type Figures, useFigures } from './figure-words.ts';

/** What it comes to, in sentences that can be quoted, and how many alerts there were. */
export function SummarySection({ report }: { report: FollowUpReport }) {
  const { report: said, locale } = useWords();
  const figures = useFigures(report.timeZone);
  const { volume } = said;
  const { care, technical, test, carePerResidentDay } = report.alerts;
  const perDay = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
  const rows = [
    [volume.care, figures.number(care)],
    [volume.perDay, carePerResidentDay === null ? '–' : perDay.format(carePerResidentDay)],
    [volume.residentDays, figures.number(Math.round(report.residentDays))],
    [volume.technical, figures.number(technical)],
    [volume.test, figures.number(test)],
  ] as const;
  return (
    <section aria-labelledby="summary">
      <h2 id="summary">{said.summary.title}</h2>
      <p className="report-summary">{summaryOf(report, figures, said.summary)}</p>
      <FigureTable
        caption={volume.title}
        heads={[volume.measure, volume.value]}
        rows={rows.map((cells) => ({ key: cells[0], cells }))}
      />
      <p className="field-note">{volume.about(figures.period(report))}</p>
    </section>
  );
}

/** The report in sentences; what it cannot say is left out. */
export function summaryOf(
  report: FollowUpReport,
  figures: Figures,
  words: typeof reportSv.summary,
): string {
  const period = figures.period(report);
  const { care } = report.alerts;
  const all = report.responses.find(({ severity }) => severity === null);
  if (care === 0) return words.none(period, report.homes);
  const sentences = [words.counts(period, care, report.homes)];
  const [half, minute, three] = (all?.within ?? []).map(({ share }) => share);
  if (isNumber(half) && isNumber(minute) && isNumber(three)) {
    sentences.push(words.within(figures.share(half), figures.share(minute), figures.share(three)));
  }
  if (all !== undefined)
    sentences.push(all.alerts === 0 ? words.allHeld : words.never(all.neverAccepted));
  const uncovered = report.staffing.map(({ uncoveredMinutes }) => uncoveredMinutes);
  if (uncovered.length > 0 && uncovered.every(isNumber)) {
    const minutes = uncovered.reduce((sum, one) => sum + one, 0);
    sentences.push(words.uncovered(minutes === 0 ? '' : figures.minutes(minutes)));
  }
  return sentences.join(' ');
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number';
}
