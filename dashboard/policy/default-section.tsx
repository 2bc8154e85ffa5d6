import { Button } from '@midas-ds/components/button';

import { useSpeech } from '../text/language-context.tsx';
import type { Timeline } from './policy-draft.ts';
import { TimelineSteps } from './timeline-steps.tsx';

interface DefaultSectionProps {
  timelines: readonly Timeline[];
  /** Null for those who may only read. */
  onCopy: ((timeline: Timeline, severities: string) => void) | null;
}

/** What holds where nobody has written anything: no alert is without. */
export function DefaultSection({ timelines, onCopy }: DefaultSectionProps) {
  const { words, say } = useSpeech();
  const { policy } = words.plan;
  return (
    <section aria-labelledby="defaults">
      <h2 id="defaults">{policy.defaults}</h2>
      <p className="field-note">
        {timelines.length === 0 ? policy.noDefaults : policy.defaultsAbout}
      </p>
      {timelines.length > 0 && (
        <ul className="rows">
          {timelines.map((timeline) => {
            const title = say(timeline.title);
            const severities = timeline.severities.map((one) => words.severity[one]).join(', ');
            return (
              <li key={timeline.policyId} className="policy-card">
                <div className="entry-top">
                  <div className="row-name">
                    <h3>{title}</h3>
                    <span>{severities}</span>
                  </div>
                  {onCopy !== null && (
                    <Button
                      variant="secondary"
                      size="medium"
                      aria-label={policy.copyOf(title)}
                      onPress={() => onCopy(timeline, severities)}
                    >
                      {policy.copy}
                    </Button>
                  )}
                </div>
                <TimelineSteps name={title} timeline={timeline} />
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
