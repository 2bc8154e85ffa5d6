import { Button } from '@midas-ds/components/button';
import { Modal } from '@midas-ds/components/modal';
import { TextArea } from '@midas-ds/components/textfield';
import { type ReactNode, useState, type SyntheticEvent } from 'react';

import { useWords } from '../text/language-context.tsx';
import type { Action } from './use-action.ts';

interface ReasonDialogProps {
  title: string;
  /** The verb of what is done. */
  submit: string;
  action: Action;
  /** Answers whether it was done. */
  onSubmit: (reason: string) => Promise<boolean>;
  onClose: () => void;
  children?: ReactNode;
}

const shortest = 3;

/** Asks why before something changes what wakes people. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, submit, action, onSubmit, onClose, children } = props;
  const words = useWords();
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);

  async function send(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = reason.trim();
    setMissing(given.length < shortest);
    if (given.length >= shortest && (await onSubmit(given))) onClose();
  }

  return (
    <Modal
      isOpen
      isDismissable
      className="dialog"
      title={title}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <form className="dialog-form" onSubmit={(event) => void send(event)}>
        {children}
        <TextArea
          label={words.rule.reason.label}
          description={words.rule.reason.about}
          value={reason}
          maxLength={500}
          isInvalid={isMissing}
          errorMessage={words.rule.reason.missing}
          onChange={(value) => {
            setReason(value);
            setMissing(false);
          }}
        />
        <p role="alert" className="problem">
          {action.problem}
        </p>
        <Button type="submit" fullwidth isPending={action.isPending}>
          {action.isPending ? words.alert.sending : submit}
        </Button>
      </form>
    </Modal>
  );
}
