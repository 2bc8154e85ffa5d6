import { Link } from 'react-router';

import type { FollowUpReport } from '../../gateway/protocol/report/follow-up.ts';
import { FigureTable } from '../chart/figure-table.tsx';
import { useWords } from '../text/language-context.tsx';
import { useFigures } from './figure-words.ts';

/** Single devices that cry wolf: never on paper, for they tell whose home it is. */
export function NoisySection({ report }: { report: FollowUpReport }) {
  const said = useWords().report.noisy;
  const figures = useFigures(report.timeZone);
  if (report.noisyDevices.length === 0) return null;
  return (
    <section aria-labelledby="noisy" className="screen-only">
      <h2 id="noisy">{said.title}</h2>
      <p>{said.about}</p>
      <FigureTable
        caption={said.table}
        heads={[said.device, said.home, said.falseAlarms, said.alerts]}
        rows={report.noisyDevices.map(({ id, name, homeLabel, falseAlarms, alerts }) => ({
          key: id,
          cells: [
            <Link key={id} to={`/devices/${encodeURIComponent(id)}`}>
              {name}
            </Link>,
            homeLabel ?? '–',
            figures.number(falseAlarms),
            figures.number(alerts),
          ],
        }))}
      />
    </section>
  );
}
