import { Button } from '@midas-ds/components/button';
import { Modal } from '@midas-ds/components/modal';

import type { EndpointView } from '../../gateway/protocol/duty/endpoint.ts';
import { removeEndpoint } from '../api/plan-api.ts';
import { useAction } from '../rule/use-action.ts';
import { useWords } from '../text/language-context.tsx';

interface RemoveDialogProps {
  endpoint: EndpointView;
  onClose: () => void;
  onRemoved: () => void;
}

/** Says what it leads to before a webhook is removed, and what stands in the way. */
export function RemoveDialog({ endpoint, onClose, onRemoved }: RemoveDialogProps) {
  const words = useWords();
  const said = words.plan.endpoint;
  const action = useAction();
  return (
    <Modal
      isOpen
      isDismissable
      className="dialog"
      title={said.removeOf(endpoint.name)}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <div className="dialog-form">
        <p>{said.removeAbout}</p>
        <p role="alert" className="problem">
          {action.problem}
        </p>
        <Button
          isPending={action.isPending}
          onPress={() =>
            void action.run(async () => {
              await removeEndpoint(endpoint.id);
              onRemoved();
            })
          }
        >
          {said.remove}
        </Button>
        <Button variant="secondary" onPress={onClose}>
          {words.cancel}
        </Button>
      </div>
    </Modal>
  );
}
