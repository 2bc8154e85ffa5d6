import { Button } from '@midas-ds/components/button';
import { ListBoxItem } from '@midas-ds/components/list-box';
import { Select } from '@midas-ds/components/select';
import { useState } from 'react';
import { Link } from 'react-router';

import { changes, type Occurrence } from '../../gateway/protocol/rule/backtest.ts';
import { durationWords } from '../../gateway/protocol/rule/sentence-number.ts';
import { explain } from '../api/explain.ts';
import { exactTime } from '../clock/exact.ts';
import { useMe } from '../session/session-context.tsx';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { SeverityWords } from './severity-words.tsx';
import type { Occurrences } from './use-occurrences.ts';

const step = 50;
const everything = 'everything';

/** The alerts that the rule would have given, each of which can be opened. */
export function OccurrenceSection({ occurrences }: { occurrences: Occurrences }) {
  const words = useWords();
  const { backtest } = words;
  const [wanted, setWanted] = useState(everything);
  const [shown, setShown] = useState(step);
  const { items, hasTooMany, problem } = occurrences;
  const kept = (items ?? []).filter(({ change }) => wanted === everything || change === wanted);
  const kinds = changes.filter((kind) => items?.some(({ change }) => change === kind));
  return (
    <div className="occurrences">
      <h4>{backtest.occurrences}</h4>
      {problem !== null && <p role="alert">{explain(problem, words)}</p>}
      {hasTooMany && <p>{backtest.tooMany}</p>}
      {items === null && !hasTooMany && problem === null && <output>{words.loading}</output>}
      {kinds.length > 1 && (
        <Select
          label={backtest.filter}
          value={wanted}
          onChange={(kind) => {
            setWanted(String(kind));
            setShown(step);
          }}
        >
          {[everything, ...kinds].map((kind) => (
            <ListBoxItem key={kind} id={kind}>
              {changes.find((one) => one === kind) === undefined
                ? backtest.everything
                : backtest.changes[kind as (typeof changes)[number]]}
            </ListBoxItem>
          ))}
        </Select>
      )}
      {items !== null && kept.length === 0 && <p>{backtest.noOccurrences}</p>}
      {kept.length > 0 && (
        <p className="field-note">
          {backtest.occurrencesOf(Math.min(shown, kept.length), kept.length)}
        </p>
      )}
      <ul className="rows">
        {kept.slice(0, shown).map((occurrence) => (
          <OccurrenceRow key={keyOf(occurrence)} occurrence={occurrence} />
        ))}
      </ul>
      {kept.length > shown && (
        <Button variant="secondary" onPress={() => setShown(shown + step)}>
          {backtest.more}
        </Button>
      )}
    </div>
  );
}

function keyOf({ home, device, at, since, change }: Occurrence): string {
  return [home.id, device?.id, at, since, change].join(' ');
}

function OccurrenceRow({ occurrence }: { occurrence: Occurrence }) {
  const { words } = useSpeech();
  const me = useMe();
  const { severity, home, at, change } = occurrence;
  return (
    <li className="occurrence" data-severity={severity}>
      <details>
        <summary>
          <SeverityWords severity={severity} />
          <span>{exactTime(at, words.locale, me.municipality.timeZone)}</span>
          <span>{home.label}</span>
          {change !== null && change !== 'same' && (
            <span className="occurrence-change">{words.backtest.changes[change]}</span>
          )}
        </summary>
        <OccurrenceFacts occurrence={occurrence} />
      </details>
    </li>
  );
}

function OccurrenceFacts({ occurrence }: { occurrence: Occurrence }) {
  const { words } = useSpeech();
  const me = useMe();
  const { backtest } = words;
  const exact = (at: number) => exactTime(at, words.locale, me.municipality.timeZone);
  const { home, device, at, since, late, clearedAt } = occurrence;
  return (
    <dl className="facts">
      <Fact name={backtest.home}>
        <Link to={`/homes/${home.id}`}>{home.label}</Link>
      </Fact>
      {device !== null && <Fact name={backtest.device}>{device.name}</Fact>}
      <Fact name={backtest.happened}>{exact(since)}</Fact>
      <Fact name={backtest.raised}>
        {exact(at)}
        <Late late={late} />
      </Fact>
      {clearedAt !== null && <Fact name={backtest.cleared}>{exact(clearedAt)}</Fact>}
      <ChangeFact occurrence={occurrence} />
      <RealFact occurrence={occurrence} />
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Late({ late }: Pick<Occurrence, 'late'>) {
  const { words, language } = useSpeech();
  return late === null ? null : <>, {words.backtest.late(durationWords(late, language))}</>;
}

function ChangeFact({ occurrence: { change, shiftMs } }: { occurrence: Occurrence }) {
  const { words, language } = useSpeech();
  if (change === null) return null;
  const { backtest } = words;
  const shift =
    shiftMs === null || shiftMs === 0
      ? ''
      : `: ${backtest.shifted(durationWords(Math.abs(shiftMs), language), shiftMs < 0)}`;
  return (
    <Fact name={backtest.change}>
      {backtest.changes[change]}
      {shift}
    </Fact>
  );
}

function RealFact({ occurrence: { alert } }: { occurrence: Occurrence }) {
  const words = useWords();
  const { backtest } = words;
  if (alert === null) return <Fact name={backtest.real}>{backtest.noAlert}</Fact>;
  const outcome = alert.outcome === null ? backtest.open : words.alert.outcomes[alert.outcome];
  return (
    <Fact name={backtest.real}>
      <Link to={`/alerts/${alert.id}`}>{backtest.openAlert}</Link>, {outcome}
    </Fact>
  );
}
