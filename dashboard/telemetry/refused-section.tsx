import { Button } from '@midas-ds/components/button';
import { useCallback, useState } from 'react';

import type { RefusedPage } from '../../gateway/protocol/series/series.ts';
import { fetchRefused } from '../api/telemetry-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { exactTime } from '../clock/exact.ts';
import { Problem } from '../frame/problem.tsx';
import { useAction } from '../rule/use-action.ts';
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { groupRefused, type RefusedGroup } from './refused-group.ts';

const refreshMs = 60_000;

/** The points that were set aside, by cause; `all`: how many there are. */
export function RefusedSection({ all }: { all: number }) {
  const said = useWords().telemetry;
  const fetcher = useCallback((signal: AbortSignal) => fetchRefused(null, signal), []);
  const { data, problem, again } = useFetched(fetcher, all, refreshMs);
  return (
    <section aria-labelledby="refused">
      <h2 id="refused">{said.refusedTitle}</h2>
      {data === null ? (
        <Problem problem={problem} onRetry={again} />
      ) : data.items.length === 0 ? (
        <p>{said.refusedNone}</p>
      ) : (
        <>
          <p>{said.refusedAbout}</p>
          <p>
            {said.refusedAdvice} <code>{said.refusedCommand}</code>
          </p>
          <RefusedList first={data} all={all} />
        </>
      )}
    </section>
  );
}

type Refused = RefusedPage['items'][number];

function keyOf(point: Refused | undefined): string {
  return JSON.stringify(point ?? null);
}

/** The first page, and the ones after it as they are asked for. */
function RefusedList({ first, all }: { first: RefusedPage; all: number }) {
  const { telemetry: said, locale } = useWords();
  const [more, setMore] = useState<{ after: string; pages: readonly RefusedPage[] }>({
    after: '',
    pages: [],
  });
  const action = useAction();
  // What was fetched after an older first page does not follow on a newer one.
  const after = keyOf(first.items[0]);
  const pages = [first, ...(more.after === after ? more.pages : [])];
  const points = pages.flatMap(({ items }) => items);
  const next = pages.at(-1)?.next ?? null;
  const number = (count: number) => new Intl.NumberFormat(locale).format(count);
  return (
    <>
      {next !== null && <p>{said.refusedShown(number(points.length), number(all))}</p>}
      <ul className="rows">
        {groupRefused(points).map((group) => (
          <RefusedRow key={`${group.sink} ${group.reason}`} group={group} />
        ))}
      </ul>
      <p role="alert" className="problem">
        {action.problem}
      </p>
      {next !== null && (
        <Button
          variant="secondary"
          className="add-button"
          isPending={action.isPending}
          onPress={() =>
            void action.run(async () => {
              const page = await fetchRefused(next, new AbortController().signal);
              setMore({ after, pages: [...pages.slice(1), page] });
            })
          }
        >
          {said.more}
        </Button>
      )}
    </>
  );
}

function RefusedRow({ group }: { group: RefusedGroup }) {
  const { telemetry: said, locale } = useWords();
  const { timeZone } = useMe().municipality;
  const { sink, reason, measurements, points, from, to, refusedAt } = group;
  const time = (at: number) => exactTime(at, locale, timeZone);
  const nameOf = (measurement: string) => said.measurements[measurement] ?? measurement;
  return (
    <li>
      <p>
        <strong>{said.refusedCount(said.names[sink] ?? sink, points.length)}</strong>
      </p>
      <p lang="en">{reason}</p>
      <p className="label">
        {said.refusedWhat(measurements.map(nameOf).join(', '), time(from), time(to))}{' '}
        {said.refusedBy(time(refusedAt))}
      </p>
      <details>
        <summary>
          {said.refusedPoints}
          <span className="visually-hidden">: {reason}</span>
        </summary>
        <ul className="refused-points">
          {points.map((point, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the same point may be refused twice.
            <li key={index}>
              {nameOf(point.measurement)}, {time(point.at)}{' '}
              <code>
                {Object.entries(point.tags)
                  .map(([name, value]) => `${name}=${value}`)
                  .join(' ')}
              </code>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}
