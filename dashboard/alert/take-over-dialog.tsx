import { Button } from '@midas-ds/components/button';
import { Modal } from '@midas-ds/components/modal';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import { takeOverAlert } from '../api/alert-api.ts';
import { useWords } from '../text/language-context.tsx';
import { useCommand } from './command-context.tsx';

/** Two who both come is a mistake worth a question: tells who has it before it is taken over. */
export function TakeOverDialog({ alert, onClose }: { alert: AlertView; onClose: () => void }) {
  const words = useWords();
  const command = useCommand(alert.id, 'take-over');
  const name = alert.acceptedBy?.name ?? '?';

  async function takeOver() {
    if (await command.run(() => takeOverAlert(alert.id))) onClose();
  }

  return (
    <Modal
      isOpen
      isDismissable
      className="dialog"
      title={words.duty.act.takeOverTitle(name)}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <div className="dialog-form">
        <p>{words.duty.act.takeOverWhy(name)}</p>
        <p role="alert" className="problem">
          {command.problem}
        </p>
        <Button fullwidth isPending={command.isPending} onPress={() => void takeOver()}>
          {command.isPending ? words.alert.sending : words.duty.act.takeOver}
        </Button>
        <Button fullwidth variant="secondary" onPress={onClose}>
          {words.cancel}
        </Button>
      </div>
    </Modal>
  );
}
