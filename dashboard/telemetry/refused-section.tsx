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

const refreshMs = 60_000;

/** The points that were set aside, the newest first, and why. */
export function RefusedSection({ version }: { version: number }) {
  const said = useWords().telemetry;
  const fetcher = useCallback((signal: AbortSignal) => fetchRefused(null, signal), []);
  const { data, problem, again } = useFetched(fetcher, version, refreshMs);
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
          <p>{said.refusedAdvice}</p>
          <RefusedList key={keyOf(data.items[0])} first={data} />
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
function RefusedList({ first }: { first: RefusedPage }) {
  const { telemetry: said, locale } = useWords();
  const { timeZone } = useMe().municipality;
  const [more, setMore] = useState<readonly RefusedPage[]>([]);
  const action = useAction();
  const pages = [first, ...more];
  const next = pages.at(-1)?.next ?? null;
  const time = (at: number) => exactTime(at, locale, timeZone);
  return (
    <>
      <ul className="rows">
        {pages
          .flatMap(({ items }) => items)
          .map((point, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the same point may be refused twice.
            <li key={`${keyOf(point)} ${index}`}>
              <p>
                <strong>
                  {said.refusedRow(
                    said.measurements[point.measurement] ?? point.measurement,
                    time(point.at),
                  )}
                </strong>
              </p>
              <p lang="en">{point.reason}</p>
              <p className="label">
                {said.refusedBy(said.names[point.sink] ?? point.sink, time(point.refusedAt))}
              </p>
              <p className="label refused-tags">
                <code>
                  {Object.entries(point.tags)
                    .map(([name, value]) => `${name}=${value}`)
                    .join(' ')}
                </code>
              </p>
            </li>
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
              setMore((before) => [...before, page]);
            })
          }
        >
          {said.more}
        </Button>
      )}
    </>
  );
}
