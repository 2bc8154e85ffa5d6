import { Button } from '@midas-ds/components/button';
import { Modal } from '@midas-ds/components/modal';
import { useState } from 'react';

import type { EndpointSecret, EndpointView } from '../../gateway/protocol/duty/endpoint.ts';
import { rotateSecret } from '../api/plan-api.ts';
import { useAction } from '../rule/use-action.ts';
import { useWords } from '../text/language-context.tsx';

interface SecretDialogProps {
  answer: EndpointSecret;
  onClose: () => void;
}

/** The only time that a secret is shown: it is not dismissed by a press beside it. */
export function SecretDialog({ answer: { endpoint, secret }, onClose }: SecretDialogProps) {
  const words = useWords();
  const said = words.plan.endpoint;
  const [told, setTold] = useState('');
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => setTold(said.copied),
      () => setTold(said.copyFailed),
    );
  return (
    <Modal
      isOpen
      className="dialog"
      title={said.secretTitle(endpoint.name)}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <div className="dialog-form">
        <p>{said.secretAbout}</p>
        <p>
          <span className="label">{said.secret}</span>
          <code className="secret">{secret}</code>
        </p>
        <Button
          onPress={() => {
            // Without a secure origin a browser has no clipboard for us.
            if ('clipboard' in navigator) void copy();
            else setTold(said.copyFailed);
          }}
        >
          {said.copy}
        </Button>
        <output>{told}</output>
        <Button variant="secondary" onPress={onClose}>
          {words.close}
        </Button>
      </div>
    </Modal>
  );
}

interface RotateDialogProps {
  endpoint: EndpointView;
  onClose: () => void;
  onRotated: (answer: EndpointSecret) => void;
}

/** Says what a new secret leads to before it is made. */
export function RotateDialog({ endpoint, onClose, onRotated }: RotateDialogProps) {
  const words = useWords();
  const said = words.plan.endpoint;
  const action = useAction();
  return (
    <Modal
      isOpen
      isDismissable
      className="dialog"
      title={said.rotateOf(endpoint.name)}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <div className="dialog-form">
        <p>{said.rotateAbout}</p>
        <p role="alert" className="problem">
          {action.problem}
        </p>
        <Button
          isPending={action.isPending}
          onPress={() =>
            void action.run(async () => {
              onRotated(await rotateSecret(endpoint.id));
            })
          }
        >
          {said.rotate}
        </Button>
        <Button variant="secondary" onPress={onClose}>
          {words.cancel}
        </Button>
      </div>
    </Modal>
  );
}
