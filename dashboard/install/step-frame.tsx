import { Button } from '@midas-ds/components/button';
import { type ReactNode, useEffect, useId, useRef } from 'react';

import { useWords } from '../text/language-context.tsx';
import { useStep } from './step-context.tsx';

interface StepFrameProps {
  heading: string;
  children: ReactNode;
  /** The one primary button; null while there is nothing to press. */
  action: ReactNode;
  /** Why the last press was refused. */
  problem?: string | null;
  /** Where one comes from within the step, when it has parts. */
  onBack?: () => void;
}

/** One thing to do: its heading, which has the focus when one comes to it, and one button at the thumb. */
export function StepFrame({ heading, children, action, problem = null, onBack }: StepFrameProps) {
  const words = useWords();
  const headingId = useId();
  const top = useRef<HTMLHeadingElement>(null);
  const { hasMoved, back } = useStep();
  const goBack = onBack ?? back;
  const isEntered = useRef(hasMoved || onBack !== undefined);
  useEffect(() => {
    if (!isEntered.current) return;
    scrollTo({ top: 0 });
    top.current?.focus({ preventScroll: true });
  }, []);
  return (
    <section aria-labelledby={headingId} className="install-step">
      <h2 id={headingId} ref={top} tabIndex={-1}>
        {heading}
      </h2>
      {children}
      <div className="install-actions">
        <p role="alert" className="problem">
          {problem}
        </p>
        <div className="install-buttons">
          {goBack !== null && (
            <Button variant="secondary" onPress={goBack}>
              {words.install.back}
            </Button>
          )}
          {action}
        </div>
      </div>
    </section>
  );
}
