import { Button } from '@midas-ds/components/button';
import { Modal } from '@midas-ds/components/modal';
import { TextArea } from '@midas-ds/components/textfield';
import { type SyntheticEvent, useState } from 'react';

import type { EventType } from '../../gateway/protocol/catalogue.ts';
import { SkippedTest } from '../../gateway/protocol/device/installation.ts';
import { skipTest } from '../api/install-api.ts';
import { useAction } from '../rule/use-action.ts';
import { useWords } from '../text/language-context.tsx';
import { useStep } from './step-context.tsx';

interface SkipDialogProps {
  type: EventType;
  onClose: () => void;
}

/** Asks why something is not tested. */
export function SkipDialog({ type, onClose }: SkipDialogProps) {
  const said = useWords().install.test;
  const { view, take } = useStep();
  const action = useAction();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const read = SkippedTest.safeParse({ reason });

  async function send(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    if (!read.success) return;
    const isDone = await action.run(async () =>
      take(await skipTest(view.id, type, read.data.reason)),
    );
    if (isDone) onClose();
  }

  return (
    <Modal
      isOpen
      isDismissable
      className="dialog"
      title={said.skipTitle(said.tasks[type])}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <form className="dialog-form" onSubmit={(event) => void send(event)}>
        <TextArea
          label={said.skipReason}
          description={said.skipAbout}
          value={reason}
          maxLength={300}
          isInvalid={isTried && !read.success}
          errorMessage={said.skipMissing}
          onChange={setReason}
        />
        <p role="alert" className="problem">
          {action.problem}
        </p>
        <Button type="submit" fullwidth isPending={action.isPending}>
          {said.skip}
        </Button>
      </form>
    </Modal>
  );
}
