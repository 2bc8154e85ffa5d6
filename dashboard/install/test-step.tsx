import { Button } from '@midas-ds/components/button';
import { useState } from 'react';

import type { EventType } from '../../gateway/protocol/catalogue.ts';
import type { InstallationTest } from '../../gateway/protocol/device/installation.ts';
import { unskipTest } from '../api/install-api.ts';
import { useClockWords } from '../clock/clock-words.ts';
import { useAction } from '../rule/use-action.ts';
import { useWords } from '../text/language-context.tsx';
import { Dropped } from './dropped.tsx';
import { SkipDialog } from './skip-dialog.tsx';
import { useStep } from './step-context.tsx';
import { StepFrame } from './step-frame.tsx';
import { Tick } from './tick.tsx';
import { isSettled, testsLeft } from './trial.ts';
import { useTicked } from './use-ticked.ts';

/** One line for each thing it can tell, ticked off as it is heard. */
export function TestStep() {
  const words = useWords();
  const said = words.install.test;
  const { view, take, next } = useStep();
  const action = useAction();
  const [skipping, setSkipping] = useState<EventType | null>(null);
  const ticked = useTicked(view.tests);
  const left = testsLeft(view.tests);
  return (
    <StepFrame
      heading={said.heading}
      problem={action.problem}
      action={
        <Button isDisabled={left > 0} onPress={next}>
          {left > 0 ? said.left(left) : words.install.next}
        </Button>
      }
    >
      <p>{view.tests.length === 0 ? said.none : said.about}</p>
      {view.tests.some(({ isUnconsented, seenAt }) => isUnconsented && seenAt === null) ? (
        <p className="install-warning">{said.unconsentedAbout}</p>
      ) : (
        <Dropped />
      )}
      <ul className="test-lines">
        {view.tests.map((test) => (
          <TestLine
            key={test.type}
            test={test}
            isPending={action.isPending}
            onSkip={() => setSkipping(test.type)}
            onUnskip={() => void action.run(async () => take(await unskipTest(view.id, test.type)))}
          />
        ))}
      </ul>
      <p className="visually-hidden" aria-live="polite">
        {ticked.map((type) => said.ticked(said.tasks[type])).join(' ')}
      </p>
      {skipping !== null && <SkipDialog type={skipping} onClose={() => setSkipping(null)} />}
    </StepFrame>
  );
}

interface TestLineProps {
  test: InstallationTest;
  isPending: boolean;
  onSkip: () => void;
  onUnskip: () => void;
}

function TestLine({ test, isPending, onSkip, onUnskip }: TestLineProps) {
  const said = useWords().install.test;
  const clock = useClockWords();
  const task = said.tasks[test.type];
  const { seenAt, skipped, isUnconsented } = test;
  function state(): string {
    if (seenAt !== null) return said.seenAt(clock(seenAt));
    if (skipped !== null) return said.skipped(skipped.reason);
    return isUnconsented ? said.unconsented : said.waits;
  }
  return (
    <li className="test-line" data-done={isSettled(test) || undefined}>
      <Tick isDone={seenAt !== null} />
      <p>
        <strong>{task}</strong>
        <span className="label">{state()}</span>
      </p>
      {seenAt === null && (
        <Button
          variant="tertiary"
          isDisabled={isPending}
          aria-label={skipped === null ? said.skipOf(task) : said.unskipOf(task)}
          onPress={skipped === null ? onSkip : onUnskip}
        >
          {skipped === null ? said.skip : said.unskip}
        </Button>
      )}
    </li>
  );
}
