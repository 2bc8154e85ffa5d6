import { Button } from '@midas-ds/components/button';
import { ListBoxItem } from '@midas-ds/components/list-box';
import { Select } from '@midas-ds/components/select';
import { useCallback, useState, type SyntheticEvent } from 'react';
import { Link, useNavigate, useParams } from 'react-router';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import type { DutyView, HandOverView } from '../../gateway/protocol/duty/duty.ts';
import { SeverityMark } from '../alert/severity-mark.tsx';
import { whereOf } from '../alert/where.ts';
import { isGone } from '../api/api-error.ts';
import { checkOut, fetchHandOver } from '../api/duty-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { useClockWords } from '../clock/clock-words.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useAction } from '../rule/use-action.ts';
import { useMe } from '../session/session-context.tsx';
import { useLiveView } from '../stream/live-context.tsx';
import { useSpeech, useWords } from '../text/language-context.tsx';
import type { Dictionary } from '../text/sv.ts';
import { useDuties } from './duty-context.tsx';
import { checkOutOf, giveBack, unassigned, type Choices } from './hand-over.ts';

import '../alert/alert.css';
import './duty.css';

const refreshMs = 20_000;

/** Checking out: what one has is handed to somebody, or given back. */
export function HandOverPage() {
  const { id = '' } = useParams();
  const words = useWords();
  const { board } = useLiveView();
  const fetcher = useCallback((signal: AbortSignal) => fetchHandOver(id, signal), [id]);
  const { data, problem, again } = useFetched(fetcher, board.seq, refreshMs);
  return (
    <Page title={words.duty.handOverPage} className="duty-page">
      {data === null || data.duty.id !== id || isGone(problem) ? (
        <Problem problem={problem} onRetry={again} />
      ) : (
        <HandOverBody view={data} onRefused={again} />
      )}
      <p>
        <Link to="/duty" className="duty-link">
          {words.duty.handOver.back}
        </Link>
      </p>
    </Page>
  );
}

function HandOverBody({ view, onRefused }: { view: HandOverView; onRefused: () => void }) {
  const words = useWords();
  const me = useMe();
  const navigate = useNavigate();
  const { again } = useDuties();
  const action = useAction();
  const [choices, setChoices] = useState<Choices>(new Map());
  const [missing, setMissing] = useState<readonly string[]>([]);
  const { duty, mine, open } = view;
  const { handOver } = words.duty;

  async function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    const body = checkOutOf(view, choices);
    setMissing(unassigned(view, choices));
    if (body === null) return;
    const isDone = await action.run(
      () => checkOut(duty.id, body),
      // As when an alert was taken or raised meanwhile: the list is fetched again.
      () => {
        onRefused();
        return false;
      },
    );
    if (!isDone) return;
    again();
    await navigate('/duty', { state: { said: words.duty.checkedOut } });
  }

  return (
    <>
      <Ending duty={duty} />
      <form className="duty-form" onSubmit={(event) => void submit(event)}>
        <section aria-labelledby="hand-over">
          <h2 id="hand-over">{handOver.mine}</h2>
          <p>{mine.length > 0 ? handOver.mineWhy : noneWords(duty, me.id, words)}</p>
          {mine.length > 0 && (
            <ul className="rows">
              {mine.map((alert) => (
                <li key={alert.id} className="hand-over-row">
                  <AlertLine alert={alert} />
                  <ReceiverChoice
                    alert={alert}
                    view={view}
                    chosen={choices.get(alert.id) ?? null}
                    isMissing={missing.includes(alert.id)}
                    onChoose={(to) => {
                      setChoices(new Map(choices).set(alert.id, to));
                      setMissing(missing.filter((each) => each !== alert.id));
                    }}
                  />
                </li>
              ))}
            </ul>
          )}
        </section>
        <p role="alert" className="problem">
          {missing.length > 0 ? handOver.missing : action.problem}
        </p>
        <Button type="submit" className="duty-submit" isPending={action.isPending}>
          {action.isPending && words.alert.sending}
          {!action.isPending && (mine.length > 0 ? handOver.submitBoth : handOver.submit)}
        </Button>
      </form>
      <section aria-labelledby="hand-over-open">
        <h2 id="hand-over-open">{handOver.open}</h2>
        {open.length === 0 ? (
          <p>{handOver.noOpen}</p>
        ) : (
          <ul className="rows">
            {open.map((alert) => (
              <li key={alert.id}>
                <AlertLine alert={alert} hasIt={alert.acceptedBy?.name ?? null} />
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function noneWords({ person }: DutyView, meId: string, words: Dictionary): string {
  const { none, noneOf } = words.duty.handOver;
  return person.id === meId ? none : noneOf(person.name);
}

function Ending({ duty: { person, unit, until } }: { duty: DutyView }) {
  const words = useWords();
  const me = useMe();
  const clock = useClockWords();
  const name = person.id === me.id ? '' : `${person.name}, `;
  return (
    <p>
      <strong>
        {name}
        {unit?.name ?? words.duty.onCall}
      </strong>{' '}
      {words.duty.until(clock(until))}. {words.duty.ends}
    </p>
  );
}

interface ReceiverChoiceProps {
  alert: AlertView;
  view: HandOverView;
  chosen: string | null;
  isMissing: boolean;
  onChoose: (to: string) => void;
}

function ReceiverChoice({ alert, view, chosen, isMissing, onChoose }: ReceiverChoiceProps) {
  const { words, say } = useSpeech();
  const { handOver } = words.duty;
  return (
    <Select
      label={handOver.to}
      aria-label={`${handOver.to}: ${say(alert.rule.title)}`}
      placeholder={handOver.pick}
      value={chosen}
      isInvalid={isMissing}
      onChange={(to) => onChoose(String(to))}
    >
      {[
        ...view.receivers
          .filter(({ alertIds }) => alertIds.includes(alert.id))
          .map(({ id, name, unitName }) => ({
            id,
            name: handOver.receiver(name, unitName === '' ? words.duty.onCall : unitName),
          })),
        { id: giveBack, name: handOver.giveBack },
      ].map(({ id, name }) => (
        <ListBoxItem key={id} id={id}>
          {name}
        </ListBoxItem>
      ))}
    </Select>
  );
}

function AlertLine({ alert, hasIt = null }: { alert: AlertView; hasIt?: string | null }) {
  const { words, say, language } = useSpeech();
  return (
    <p className="alert-line">
      <SeverityMark severity={alert.severity} />
      <span>
        <span className="severity-word">{words.severity[alert.severity]}</span>{' '}
        <Link to={`/alerts/${alert.id}`}>{say(alert.rule.title)}</Link>
        <br />
        {whereOf(alert, language)} · <TimeAgo at={alert.since} isGoing />
        {hasIt !== null && ` · ${words.alert.has(hasIt)}`}
      </span>
    </p>
  );
}
