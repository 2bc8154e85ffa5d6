import { Button } from '@midas-ds/components/button';
import { Link } from 'react-router';

import { AlertCard } from '../alert/alert-card.tsx';
import { armAlarm } from '../api/install-api.ts';
import { useClockWords } from '../clock/clock-words.ts';
import { useAction } from '../rule/use-action.ts';
import { useLiveView } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { Dropped } from './dropped.tsx';
import { useStep } from './step-context.tsx';
import { StepFrame } from './step-frame.tsx';
import { Tick } from './tick.tsx';
import { type AlarmPhase, alarmPhase } from './trial.ts';

import '../alert/alert.css';

const phases = ['armed', 'raised', 'accepted'] as const;
const orderOf: Record<AlarmPhase, number> = { idle: -1, armed: 0, raised: 1, accepted: 2 };

/** An alarm from the device to a person on a screen: what the whole chain is for. */
export function AlarmStep() {
  const words = useWords();
  const said = words.install.alarm;
  const { view, take, next } = useStep();
  const action = useAction();
  const phase = alarmPhase(view.alarm);

  const arm = () => void action.run(async () => take(await armAlarm(view.id)));

  function primary() {
    if (phase === 'idle') {
      return (
        <Button isPending={action.isPending} onPress={arm}>
          {said.arm}
        </Button>
      );
    }
    return (
      <Button isDisabled={phase !== 'accepted'} onPress={next}>
        {words.install.next}
      </Button>
    );
  }

  return (
    <StepFrame heading={said.heading} problem={action.problem} action={primary()}>
      {phase === 'idle' && (
        <ol className="install-list">
          {said.about.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      )}
      <output>
        {phase === 'armed' && (
          <span className="install-now">
            <strong>{said.now}</strong>
            <span>{view.device?.profile === 'hub' ? said.nowAboutHub : said.nowAbout}</span>
          </span>
        )}
      </output>
      {phase === 'raised' && <Raised />}
      {phase !== 'idle' && (
        <ul className="test-lines" aria-live="polite">
          {phases.map((one) => (
            <li
              key={one}
              className="test-line"
              data-done={orderOf[phase] >= orderOf[one] || undefined}
            >
              <Tick isDone={orderOf[phase] >= orderOf[one]} />
              <PhaseWords phase={one} />
            </li>
          ))}
        </ul>
      )}
      {phase === 'armed' && <Dropped />}
      {(phase === 'armed' || phase === 'raised') && (
        <Button variant="secondary" isPending={action.isPending} onPress={arm}>
          {said.armAgain}
        </Button>
      )}
    </StepFrame>
  );
}

function PhaseWords({ phase }: { phase: (typeof phases)[number] }) {
  const said = useWords().install.alarm;
  const clock = useClockWords();
  const { armedAt, raisedAt, acceptedAt, acceptedBy } = useStep().view.alarm;
  function told(): string | null {
    if (phase === 'armed') return armedAt === null ? null : clock(armedAt);
    if (phase === 'raised') return raisedAt === null ? null : said.raised(clock(raisedAt));
    if (acceptedAt === null) return null;
    const at = clock(acceptedAt);
    return acceptedBy === null ? said.acceptedBySomebody(at) : said.accepted(acceptedBy, at);
  }
  const words = told();
  return (
    <p>
      <strong>{said.steps[phase]}</strong>
      {words !== null && <span className="label">{words}</span>}
    </p>
  );
}

/** The alert as it stands on every screen: it may be taken on this one. */
function Raised() {
  const said = useWords().install.alarm;
  const { alertId } = useStep().view.alarm;
  const { board } = useLiveView();
  const alert = alertId === null ? undefined : board.alerts.get(alertId);
  return (
    <>
      <p>{said.waits}</p>
      {alert !== undefined && <AlertCard alert={alert} />}
      <p className="install-links">
        {alertId !== null && <Link to={`/alerts/${alertId}`}>{said.open}</Link>}
        <Link to="/test">{said.queue}</Link>
      </p>
    </>
  );
}
