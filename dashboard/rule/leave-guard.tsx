import { Button } from '@midas-ds/components/button';
import { Modal } from '@midas-ds/components/modal';
import { useCallback } from 'react';
import { useBeforeUnload, useBlocker } from 'react-router';

import { useWords } from '../text/language-context.tsx';

interface LeaveGuardProps {
  isUnsaved: () => boolean;
  title?: string;
  about?: string;
}

/** Asks before a page with unsaved work is left. */
export function LeaveGuard({ isUnsaved, title, about }: LeaveGuardProps) {
  const words = useWords();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      currentLocation.pathname !== nextLocation.pathname && isUnsaved(),
  );
  useBeforeUnload(
    useCallback(
      (event) => {
        if (isUnsaved()) event.preventDefault();
      },
      [isUnsaved],
    ),
  );
  if (blocker.state !== 'blocked') return null;
  return (
    <Modal
      isOpen
      isDismissable
      className="dialog"
      title={title ?? words.rule.editor.leaveTitle}
      onOpenChange={(isOpen) => !isOpen && blocker.reset()}
    >
      <div className="dialog-form">
        <p>{about ?? words.rule.editor.leaveAbout}</p>
        <Button onPress={() => blocker.reset()}>{words.rule.editor.stay}</Button>
        <Button variant="secondary" onPress={() => blocker.proceed()}>
          {words.rule.editor.leave}
        </Button>
      </div>
    </Modal>
  );
}
