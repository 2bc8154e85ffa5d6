import type { TelemetryStatus } from '../../gateway/protocol/series/series.ts';
import { spanOf } from '../clock/span.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { useWords } from '../text/language-context.tsx';

type Sink = TelemetryStatus['sinks'][number];

const marks: Record<Sink['state'], string> = {
  'up-to-date': '✓',
  'catching-up': '↻',
  waiting: '!',
};

interface SinkRowProps {
  sink: Sink;
  /** Whether charts read from it. */
  isAsked: boolean;
}

/** One place where history is written: its state in a word and a mark, and what to do. */
export function SinkRow({ sink, isAsked }: SinkRowProps) {
  const words = useWords();
  const said = words.telemetry;
  const { name, state, lagMs, written, refused, trouble, since } = sink;
  const number = new Intl.NumberFormat(words.locale);
  const advice = said.advice[state];
  return (
    <li className="sink" data-state={state}>
      <div className="sink-top">
        <h3>{said.names[name] ?? name}</h3>
        {isAsked && <span className="label">{said.asked}</span>}
        <strong className="sink-state">
          <span aria-hidden="true">{marks[state]}</span> {said.states[state]}
        </strong>
      </div>
      <dl className="sink-facts">
        <div>
          <dt>{said.lag}</dt>
          <dd>{lagMs === 0 ? said.noLag : said.lagOf(spanOf(lagMs))}</dd>
        </div>
        <div>
          <dt>{said.written}</dt>
          <dd>{number.format(written)}</dd>
        </div>
        <div>
          <dt>{said.refused}</dt>
          <dd>{number.format(refused)}</dd>
        </div>
        {trouble !== null && (
          <div className="sink-trouble">
            <dt>{said.trouble}</dt>
            <dd lang="en">{trouble}</dd>
          </div>
        )}
        {since !== null && (
          <div>
            <dt>{said.troubleSince}</dt>
            <dd>
              <TimeAgo at={since} />
            </dd>
          </div>
        )}
      </dl>
      {advice !== '' && <p>{advice}</p>}
    </li>
  );
}
