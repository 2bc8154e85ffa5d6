import { type FollowUpReport, smallestGroup } from '../../gateway/protocol/report/follow-up.ts';
import { FigureTable } from '../chart/figure-table.tsx';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { useFigures } from './figure-words.ts';
import { ShareFigure } from './share-figure.tsx';

/** Which rules and which kinds of equipment call for nothing. */
export function FalseSection({ report }: { report: FollowUpReport }) {
  const said = useWords().report.falseAlarms;
  const { byRule, byKind, timeZone } = report;
  const isNone = byRule.length + byKind.length === 0;
  return (
    <section aria-labelledby="false-alarms">
      <h2 id="false-alarms">{said.title}</h2>
      <p>{isNone ? said.none : said.about(smallestGroup)}</p>
      <FalseTable
        caption={said.byRule}
        head={said.rule}
        rows={byRule}
        gathered={said.gatheredRules}
        timeZone={timeZone}
      />
      <FalseTable
        caption={said.byKind}
        head={said.kind}
        rows={byKind}
        gathered={said.gatheredKinds}
        timeZone={timeZone}
      />
    </section>
  );
}

type Row = FollowUpReport['byRule'][number];

interface FalseTableProps {
  caption: string;
  head: string;
  rows: readonly Row[];
  gathered: (count: number) => string;
  timeZone: string;
}

function FalseTable({ caption, head, rows, gathered, timeZone }: FalseTableProps) {
  const { words, say } = useSpeech();
  const said = words.report.falseAlarms;
  const figures = useFigures(timeZone);
  if (rows.length === 0) return null;
  return (
    <FigureTable
      caption={caption}
      heads={[head, said.alerts, said.resolved, said.falseAlarms, said.share]}
      rows={rows.map((row) => ({
        key: row.key ?? '',
        cells: [
          row.key === null ? gathered(row.gathered) : row.title === null ? row.key : say(row.title),
          figures.number(row.alerts),
          figures.number(row.resolved),
          figures.number(row.falseAlarms),
          row.resolved === null ? (
            said.tooFew
          ) : row.share === null ? (
            said.noneResolved
          ) : (
            <ShareFigure key="share" share={row.share} figures={figures} />
          ),
        ],
      }))}
    />
  );
}
