import { Button } from '@midas-ds/components/button';
import { Modal } from '@midas-ds/components/modal';

import type { InstallationView } from '../../gateway/protocol/device/installation.ts';
import { abandonInstallation } from '../api/install-api.ts';
import { useAction } from '../rule/use-action.ts';
import { useSpeech } from '../text/language-context.tsx';
import { namedAt } from './words-of.ts';

interface AbandonDialogProps {
  view: InstallationView;
  onAbandoned: (view: InstallationView) => void;
  onClose: () => void;
}

/** Says what abandoning means before it is done. */
export function AbandonDialog({ view, onAbandoned, onClose }: AbandonDialogProps) {
  const { words, language } = useSpeech();
  const said = words.install.abandon;
  const action = useAction();
  return (
    <Modal
      isOpen
      isDismissable
      className="dialog"
      title={said.title}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <div className="dialog-form">
        <p>{said.about}</p>
        {view.replaces !== null && <p>{said.old(namedAt(view.replaces, language))}</p>}
        <p role="alert" className="problem">
          {action.problem}
        </p>
        <Button onPress={onClose}>{said.keep}</Button>
        <Button
          variant="danger"
          isPending={action.isPending}
          onPress={() =>
            void action.run(async () => {
              onAbandoned(await abandonInstallation(view.id));
              onClose();
            })
          }
        >
          {said.submit}
        </Button>
      </div>
    </Modal>
  );
}
