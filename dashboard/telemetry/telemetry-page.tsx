import { fetchTelemetry } from '../api/telemetry-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { ReportNav } from '../report/report-nav.tsx';
import { useWords } from '../text/language-context.tsx';
import { LeftBehind } from './left-behind.tsx';
import { RefusedSection } from './refused-section.tsx';
import { SinkRow } from './sink-row.tsx';

import './telemetry.css';

const refreshMs = 10_000;

/** How the writing of history goes, and what to do where it does not. */
export function TelemetryPage() {
  const { telemetry: said, locale } = useWords();
  const { data, problem, again } = useFetched(fetchTelemetry, 0, refreshMs);
  if (data === null) {
    return (
      <Page title={said.title}>
        <ReportNav />
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  const behind = data.sinks.filter(({ state }) => state === 'waiting');
  const refused = data.sinks.reduce((sum, sink) => sum + sink.refused, 0);
  const left = data.leftBehind.reduce((sum, { homes }) => sum + homes, 0);
  const isWell = behind.length === 0 && refused === 0 && left === 0;
  return (
    <Page title={said.title}>
      <ReportNav />
      <p className="page-about">{said.about}</p>
      {problem !== null && <Problem problem={problem} onRetry={again} />}
      <output className={isWell ? 'all-well' : 'telemetry-behind'}>
        {behind.length > 0 && said.behind(behind.length)}
        {isWell && said.well(data.sinks.length)}
        {behind.length === 0 &&
          refused > 0 &&
          said.wellBut(refused, new Intl.NumberFormat(locale).format(refused))}
        {left > 0 && ` ${said.left(left)}`}
      </output>
      <LeftBehind stores={data.leftBehind} />
      <section aria-labelledby="sinks">
        <h2 id="sinks">{said.sinks}</h2>
        <ul className="rows">
          {data.sinks.map((sink) => (
            <SinkRow key={sink.name} sink={sink} isAsked={sink.name === data.asked} />
          ))}
        </ul>
      </section>
      <RefusedSection all={refused} />
    </Page>
  );
}
