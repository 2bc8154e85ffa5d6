import type { TimelineStep } from '../../gateway/protocol/duty/policy.ts';
import { SeverityMark } from '../alert/severity-mark.tsx';
import { useSpeech } from '../text/language-context.tsx';
import type { Timeline } from './policy-draft.ts';

interface TimelineStepsProps {
  name: string;
  timeline: Timeline;
}

/** Who is asked as time passes, along a line from the moment the alert is raised. */
export function TimelineSteps({ name, timeline }: TimelineStepsProps) {
  const { words } = useSpeech();
  return (
    <ol className="asking-line" aria-label={words.plan.policy.timeline(name)}>
      {timeline.steps.map((step) => (
        <StepLine key={step.step} step={step} />
      ))}
    </ol>
  );
}

function StepLine({ step }: { step: TimelineStep }) {
  const { words, say } = useSpeech();
  const { policy } = words.plan;
  const channels = step.channels.map((channel) => policy.channels[channel]).join(', ');
  return (
    <li>
      <p className="asking-after">{policy.after(policy.length(step.afterSeconds))}</p>
      <div>
        <ul>
          {step.asks.map(({ target, text }) => (
            <li key={JSON.stringify(target)}>
              <strong>{say(text)}</strong>
            </li>
          ))}
        </ul>
        <p>
          {policy.by(channels)}
          {step.repeatsEverySeconds !== null &&
            `, ${policy.repeats(policy.length(step.repeatsEverySeconds))}`}
        </p>
        <Reach count={step.reachesNow} />
      </div>
    </li>
  );
}

/** How many a step would reach now: with none it is passed over at once. */
export function Reach({ count }: { count: number }) {
  const { policy } = useSpeech().words.plan;
  if (count > 0) return <p className="label">{policy.reaches(count)}</p>;
  return (
    <p className="state-line">
      <SeverityMark severity="high" />
      {policy.reachesNobody}
    </p>
  );
}
