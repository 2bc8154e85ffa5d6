import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import { Link } from 'react-router';

import type { HoldView } from '../../gateway/protocol/duty/hold.ts';
import { endHold, fetchHolds } from '../api/plan-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { spanUntil } from '../clock/span.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { mayArrange, mayEnd } from '../plan/permission.ts';
import { StaffNav } from '../plan/staff-nav.tsx';
import { useTold } from '../plan/use-told.ts';
import { momentWords } from '../plan/when.ts';
import { useAction } from '../rule/use-action.ts';
import { useMe } from '../session/session-context.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { holdWords } from './hold-words.ts';
import { SilenceDialog } from './silence-dialog.tsx';
import { useMatchNames } from './use-match-names.ts';

import '../rule/rule.css';
import '../plan/plan.css';
import './hold.css';

const refreshMs = 10_000;

/** All that is held back now: silences, pauses and test modes, and when each ends by itself. */
export function HoldPage() {
  const words = useWords();
  const { silence } = words.plan;
  const { data, problem, again } = useFetched(fetchHolds, 0, refreshMs);
  const { role } = useMe();
  const names = useMatchNames();
  const now = useNow();
  const [isAsked, setAsked] = useState(false);
  const [done, setDone] = useState('');
  const holds = data?.filter(({ until }) => until > now) ?? [];
  return (
    <Page
      title={words.plan.nav.holds}
      aside={
        holds.length === 0 ? null : <p className="page-summary">{silence.summary(holds.length)}</p>
      }
      className="staff-page"
    >
      <StaffNav />
      <div className="section-top">
        <p className="page-about">{silence.about}</p>
        {mayArrange(role) && <Button onPress={() => setAsked(true)}>{silence.add}</Button>}
      </div>
      <output>{done}</output>
      {data === null ? (
        <Problem problem={problem} onRetry={again} />
      ) : holds.length === 0 ? (
        <p className="all-well">{silence.none}</p>
      ) : (
        <ul className="rows">
          {holds.map((hold) => (
            <HoldRow
              key={hold.id}
              hold={hold}
              what={holdWords(hold, names, words)}
              onEnded={(what) => {
                setDone(silence.ended(what));
                again();
              }}
            />
          ))}
        </ul>
      )}
      {isAsked && (
        <SilenceDialog
          names={names}
          onClose={() => setAsked(false)}
          onDone={() => {
            setDone(silence.added);
            again();
          }}
        />
      )}
    </Page>
  );
}

interface HoldRowProps {
  hold: HoldView;
  what: string;
  onEnded: (what: string) => void;
}

function HoldRow({ hold, what, onEnded }: HoldRowProps) {
  const { silence } = useWords().plan;
  const { role } = useMe();
  const told = useTold();
  const now = useNow();
  const action = useAction();
  const kind = silence.kinds[hold.kind];
  const said = `${kind}, ${what}`;
  return (
    <li className="hold-row" data-kind={hold.kind}>
      <p className="hold-what">
        <span className="hold-kind">{kind}</span>{' '}
        <strong>
          {hold.home === null ? (
            what
          ) : (
            <Link className="row-link" to={`/homes/${encodeURIComponent(hold.home.id)}`}>
              {what}
            </Link>
          )}
        </strong>
      </p>
      <div>
        <p>{silence.until(momentWords(hold.until, told), spanUntil(hold.until - now))}</p>
        <p className="label">{silence.by(hold.by.name, hold.reason)}</p>
        <p role="alert" className="problem">
          {action.problem}
        </p>
      </div>
      {mayEnd(role, hold.kind) && (
        <Button
          variant="secondary"
          size="medium"
          aria-label={silence.endNowOf(said)}
          isPending={action.isPending}
          onPress={() =>
            void action.run(async () => {
              await endHold(hold.id);
              onEnded(said);
            })
          }
        >
          {silence.endNow}
        </Button>
      )}
    </li>
  );
}
