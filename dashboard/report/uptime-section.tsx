import { type FollowUpReport, smallestGroup } from '../../gateway/protocol/report/follow-up.ts';
import { FigureTable } from '../chart/figure-table.tsx';
import { kindWord } from '../install/proposal.ts';
import { useSpeech } from '../text/language-context.tsx';
import { useFigures } from './figure-words.ts';
import { ShareFigure } from './share-figure.tsx';

/** How much of the time equipment could be heard. */
export function UptimeSection({ report }: { report: FollowUpReport }) {
  const { words, language } = useSpeech();
  const said = words.report.uptime;
  const { gatheredKinds, tooFew } = words.report.falseAlarms;
  const figures = useFigures(report.timeZone);
  return (
    <section aria-labelledby="uptime">
      <h2 id="uptime">{said.title}</h2>
      <p>{said.about(smallestGroup)}</p>
      {report.uptime.length === 0 ? (
        <p>{said.none}</p>
      ) : (
        <FigureTable
          caption={said.table}
          heads={[said.kind, said.devices, said.share, said.silent]}
          rows={report.uptime.map(({ kind, gathered, devices, share, silentMinutes }) => ({
            key: kind ?? '',
            cells: [
              kind === null ? gatheredKinds(gathered) : kindWord(kind, language),
              figures.number(devices),
              share === null ? tooFew : <ShareFigure key="share" share={share} figures={figures} />,
              figures.minutes(silentMinutes),
            ],
          }))}
        />
      )}
    </section>
  );
}
