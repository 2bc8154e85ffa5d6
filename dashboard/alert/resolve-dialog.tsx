import { Button } from '@midas-ds/components/button';
import { Modal } from '@midas-ds/components/modal';
import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { TextArea } from '@midas-ds/components/textfield';
import { useState, type SyntheticEvent } from 'react';

import { Outcome, type AlertView } from '../../gateway/protocol/alert.ts';
import { resolveAlert } from '../api/alert-api.ts';
import { useSpeech } from '../text/language-context.tsx';
import { useCommand } from './command-context.tsx';
import { outcomesFor } from './outcome.ts';

/** Asks how it went, which every alert needs before it may leave the board. */
export function ResolveDialog({ alert, onClose }: { alert: AlertView; onClose: () => void }) {
  const { words, say } = useSpeech();
  const command = useCommand(alert.id, 'resolution');
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [note, setNote] = useState('');
  const [isMissing, setMissing] = useState(false);

  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    setMissing(outcome === null);
    if (outcome === null) return;
    const text = note.trim();
    const resolution = text === '' ? { outcome } : { outcome, note: text };
    void command
      .run(() => resolveAlert(alert.id, resolution))
      .then((isDone) => isDone && onClose());
  }

  return (
    <Modal
      isOpen
      isDismissable
      className="dialog"
      title={words.alert.resolveTitle(say(alert.rule.title))}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <form className="dialog-form" onSubmit={submit}>
        <RadioGroup
          className="outcomes"
          label={words.alert.outcome}
          isInvalid={isMissing}
          errorMessage={words.alert.pickOutcome}
          onChange={(value) => {
            setOutcome(Outcome.parse(value));
            setMissing(false);
          }}
        >
          {outcomesFor(alert).map((choice) => (
            <Radio key={choice} value={choice}>
              {words.alert.outcomes[choice]}
            </Radio>
          ))}
        </RadioGroup>
        <TextArea label={words.alert.note} value={note} onChange={setNote} maxLength={2_000} />
        <p role="alert" className="problem">
          {command.problem}
        </p>
        <Button type="submit" fullwidth isPending={command.isPending}>
          {command.isPending ? words.alert.sending : words.alert.resolve}
        </Button>
      </form>
    </Modal>
  );
}
