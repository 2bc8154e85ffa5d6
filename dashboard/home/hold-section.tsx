import { Button } from '@midas-ds/components/button';
import { useState } from 'react';

import type { HoldView } from '../../gateway/protocol/duty/hold.ts';
import { fetchHolds, holdHome, releaseHome, type HomeHold } from '../api/hold-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { useClockWords } from '../clock/clock-words.ts';
import { mayHold } from '../duty/permission.ts';
import { UntilField, useUntil } from '../duty/until-field.tsx';
import { choicesIn } from '../duty/until.ts';
import { ReasonDialog } from '../rule/reason-dialog.tsx';
import { useAction } from '../rule/use-action.ts';
import { useMe } from '../session/session-context.tsx';
import { useLive, useLiveView } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';

const refreshMs = 30_000;
const kinds: readonly HomeHold[] = ['pause', 'test'];
const hours: Record<HomeHold, readonly number[]> = {
  pause: [4, 24, 72, 168, 336, 720],
  test: [1, 2, 3, 4],
};

/** What holds this home's alerts back, until when, and the means to begin and end it. */
export function HoldSection({ homeId }: { homeId: string }) {
  const words = useWords();
  const me = useMe();
  const { board } = useLiveView();
  const { data, again } = useFetched(fetchHolds, board.seq, refreshMs);
  const [asked, setAsked] = useState<HomeHold | null>(null);
  // A device on trial is told where installations are: the home itself is as it was.
  const own = (data ?? []).filter(
    ({ home, matchers }) =>
      matchers?.deviceIds === undefined &&
      (home?.id === homeId || matchers?.homeIds?.includes(homeId) === true),
  );
  const startable = kinds.filter(
    (kind) => mayHold(me.role, kind) && !own.some((hold) => hold.kind === kind),
  );
  if (data === null || (own.length === 0 && startable.length === 0)) return null;
  return (
    <section aria-labelledby="holds">
      <h2 id="holds">{words.hold.title}</h2>
      {own.length === 0 && <p>{words.hold.none}</p>}
      {own.length > 0 && (
        <ul className="rows">
          {own.map((hold) => (
            <HoldRow key={hold.id} hold={hold} homeId={homeId} onEnded={again} />
          ))}
        </ul>
      )}
      <div className="hold-actions">
        {startable.map((kind) => (
          <Button key={kind} variant="secondary" onPress={() => setAsked(kind)}>
            {words.hold[kind].start}
          </Button>
        ))}
      </div>
      {asked !== null && (
        <HoldDialog homeId={homeId} kind={asked} onDone={again} onClose={() => setAsked(null)} />
      )}
    </section>
  );
}

interface HoldRowProps {
  hold: HoldView;
  homeId: string;
  onEnded: () => void;
}

function HoldRow({ hold, homeId, onEnded }: HoldRowProps) {
  const words = useWords();
  const me = useMe();
  const clock = useClockWords();
  const action = useAction();
  const kind = kinds.find((candidate) => candidate === hold.kind);
  return (
    <li className="hold-row" data-kind={hold.kind}>
      <p>
        <strong>{words.hold.until(words.hold.kind[hold.kind], clock(hold.until))}</strong>{' '}
        {words.hold.endsItself}
      </p>
      <p className="label">{words.hold.by(hold.by.name, hold.reason)}</p>
      {kind !== undefined && mayHold(me.role, kind) && (
        <Button
          variant="secondary"
          isPending={action.isPending}
          onPress={() =>
            void action.run(() => releaseHome(homeId, kind)).then((isDone) => isDone && onEnded())
          }
        >
          {words.hold[kind].end}
        </Button>
      )}
      <p role="alert" className="problem">
        {action.problem}
      </p>
    </li>
  );
}

interface HoldDialogProps {
  homeId: string;
  kind: HomeHold;
  onDone: () => void;
  onClose: () => void;
}

function HoldDialog({ homeId, kind, onDone, onClose }: HoldDialogProps) {
  const words = useWords();
  const { clock } = useLive();
  const action = useAction();
  const [choices] = useState(() => choicesIn(hours[kind], clock.now()));
  const field = useUntil(choices, kind === 'pause');

  async function send(reason: string): Promise<boolean> {
    const until = field.read();
    if (until === null) return false;
    const isDone = await action.run(() => holdHome(homeId, kind, { until, reason }));
    if (isDone) onDone();
    return isDone;
  }

  return (
    <ReasonDialog
      title={words.hold[kind].start}
      submit={words.hold[kind].start}
      action={action}
      onSubmit={send}
      onClose={onClose}
    >
      <p>{words.hold[kind].about}</p>
      <UntilField
        label={words.hold.untilWhen}
        choices={choices}
        field={field}
        hasOther={kind === 'pause'}
      />
    </ReasonDialog>
  );
}
