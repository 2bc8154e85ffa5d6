import { useCallback, useMemo } from 'react';

import type { AlertMark } from '../../gateway/protocol/history/home-day.ts';
import type { TrendList } from '../../gateway/protocol/series/series.ts';
import { placementWord } from '../alert/where.ts';
import { climateFile, fetchClimate } from '../api/history-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { LineChart } from '../chart/line-chart.tsx';
import { Problem } from '../frame/problem.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { capital } from './day-words.ts';
import { groupsOf, linesOf, type TrendGroup } from './trend.ts';

const refreshMs = 300_000;

interface ClimateSectionProps {
  homeId: string;
  from: string;
  to: string;
  /** Alerts of these days, oldest first. */
  marks: readonly AlertMark[];
}

/** How warm and how damp it was in the rooms of a home. */
export function ClimateSection({ homeId, from, to, marks }: ClimateSectionProps) {
  const { words, language } = useSpeech();
  const said = words.history;
  const fetcher = useCallback(
    (signal: AbortSignal) => fetchClimate(homeId, { from, to }, signal),
    [homeId, from, to],
  );
  const { data, problem, again } = useFetched(fetcher, 0, refreshMs);
  const groups = useMemo(() => (data === null ? [] : groupsOf(data.trends)), [data]);
  return (
    <section aria-labelledby="climate">
      <h2 id="climate">{said.climate.title}</h2>
      {data === null && <Problem problem={problem} onRetry={again} />}
      {data !== null && groups.length === 0 && (
        <p>{data.isWithheld ? said.climate.withheld : said.climate.none}</p>
      )}
      {data !== null && groups.length > 0 && (
        <>
          <p className="field-note">
            {said.chart.steps[data.step]} {said.chart.broken}
          </p>
          <div className="charts">
            {groups.map((group) => (
              <GroupChart key={group.key} group={group} list={data} marks={marks} />
            ))}
          </div>
          <a href={climateFile(homeId, { from, to }, language)} download className="history-file">
            {said.file(said.climate.title.toLocaleLowerCase())}
          </a>
        </>
      )}
    </section>
  );
}

interface GroupChartProps {
  group: TrendGroup;
  list: TrendList;
  marks: readonly AlertMark[];
}

function GroupChart({ group, list, marks }: GroupChartProps) {
  const { words, language } = useSpeech();
  const said = words.history;
  const lines = useMemo(
    () => linesOf(group.trends, (placement) => capital(placementWord(placement, language))),
    [group, language],
  );
  return (
    <LineChart
      title={said.trend.name[group.key] ?? group.key}
      lines={lines}
      unit={group.unit}
      step={list.step}
      from={list.from}
      to={list.to}
      timeZone={list.timeZone}
      marks={marks}
    />
  );
}
