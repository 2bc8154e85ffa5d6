import { useCallback, useMemo, useState } from 'react';

import type { DeviceDetail } from '../../gateway/protocol/device/fleet.ts';
import type { Trend, TrendList } from '../../gateway/protocol/series/series.ts';
import { fetchTrends, trendsFile } from '../api/history-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { forecastLine } from '../chart/forecast-line.ts';
import { LineChart } from '../chart/line-chart.tsx';
import { addDays, wallOf } from '../clock/zoned.ts';
import { useDay } from '../fleet/use-day.ts';
import { Problem } from '../frame/problem.tsx';
import { groupsOf, linesOf } from '../history/trend.ts';
import { OneOf } from '../plan/choice.tsx';
import { useMe } from '../session/session-context.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { withBattery } from './battery-trend.ts';
import { trendNote } from './trend-note.ts';

const refreshMs = 300_000;
const periods = [30, 90, 365] as const;
type Period = (typeof periods)[number];

/** What a device has measured of itself and around it, and where that leads. */
export function TrendSection({ device }: { device: DeviceDetail }) {
  const { words, language } = useSpeech();
  const said = words.history;
  const { timeZone } = useMe().municipality;
  const [period, setPeriod] = useState<Period>(90);
  const to = wallOf(useNow(), timeZone).date;
  const from = addDays(to, 1 - period);
  const { id } = device;
  const fetcher = useCallback(
    (signal: AbortSignal) => fetchTrends(id, { from, to }, signal),
    [id, from, to],
  );
  const { data, problem, again } = useFetched(fetcher, 0, refreshMs);
  const list = useMemo(() => (data === null ? null : withBattery(data, device)), [data, device]);
  return (
    <section aria-labelledby="trends" className="device-trends">
      <h2 id="trends">{said.trend.title}</h2>
      <BatteryFacts device={device} />
      <div className="trend-period">
        <OneOf
          label={said.trend.period}
          value={String(period)}
          options={periods.map((days) => ({ id: String(days), name: said.trend.periods[days] }))}
          onChange={(chosen) => setPeriod(periods.find((days) => String(days) === chosen) ?? 90)}
        />
      </div>
      {list === null && <Problem problem={problem} onRetry={again} />}
      {list !== null && (
        <>
          <TrendCharts list={list} />
          <a href={trendsFile(id, { from, to }, language)} download className="history-file">
            {said.file(said.trend.measured)}
          </a>
        </>
      )}
    </section>
  );
}

/** How full the battery is now, and of what kind it is. */
function BatteryFacts({ device: { batteryPercent, description } }: { device: DeviceDetail }) {
  const words = useWords();
  const said = words.fleet.device;
  const cells = description?.battery ?? null;
  if (batteryPercent === null) return null;
  return (
    <p>
      <span className="label">{said.battery}</span>{' '}
      <strong>{words.device.percent(batteryPercent)}</strong>
      {cells !== null && <> · {said.batteryKind(cells.count, cells.chemistry)}</>}
    </p>
  );
}

function TrendCharts({ list }: { list: TrendList }) {
  const { trend: said, chart } = useWords().history;
  const groups = useMemo(() => groupsOf(list.trends), [list]);
  return (
    <>
      {groups.length === 0 && <p>{said.none}</p>}
      {list.isWithheld && <p>{said.withheld}</p>}
      {groups.length > 0 && (
        <p className="field-note">
          {chart.steps[list.step]} {chart.broken}
        </p>
      )}
      <div className="charts">
        {groups.flatMap(({ key, trends }) =>
          trends.map((trend, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- several of a kind have nothing else to be told by.
            <TrendChart
              key={`${key}-${index}`}
              name={said.name[key] ?? key}
              trend={trend}
              list={list}
            />
          )),
        )}
      </div>
    </>
  );
}

function TrendChart({ name, trend, list }: { name: string; trend: Trend; list: TrendList }) {
  const words = useWords();
  const said = words.history;
  const day = useDay();
  const { unit, points, forecast } = trend;
  const { from, to, timeZone, step } = list;
  const lines = useMemo(() => linesOf([trend], () => name), [trend, name]);
  const ahead = useMemo(() => forecastLine(points, forecast, from), [points, forecast, from]);
  const reading = { locale: words.locale, timeZone, words: said, unit };
  return (
    <LineChart
      title={name}
      note={trendNote(trend, reading, day)}
      lines={lines}
      unit={unit}
      step={step}
      from={from}
      to={to}
      timeZone={timeZone}
      limit={forecast?.limit ?? null}
      forecast={ahead}
    />
  );
}
