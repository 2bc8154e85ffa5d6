import { Button } from '@midas-ds/components/button';
import { Modal } from '@midas-ds/components/modal';
import { useState } from 'react';

import type { DeviceDetail } from '../../gateway/protocol/device/fleet.ts';
import type { NewSecret } from '../../gateway/protocol/device/identity.ts';
import { renewSecret } from '../api/fleet-api.ts';
import { mqttCode } from '../install/mqtt-code.ts';
import { QrCode } from '../install/qr-code.tsx';
import { useAction } from '../rule/use-action.ts';
import { useWords } from '../text/language-context.tsx';
import { CopyButton } from './copy-button.tsx';
import { ShownOnce } from './shown-once.tsx';

interface NewSecretDialogProps {
  device: Pick<DeviceDetail, 'id' | 'name'>;
  onClose: () => void;
}

/** Says what a new secret leads to, makes it, and shows it the only time that it is shown. */
export function NewSecretDialog({ device, onClose }: NewSecretDialogProps) {
  const words = useWords();
  const said = words.fleet.device;
  const action = useAction();
  const [made, setMade] = useState<NewSecret | null>(null);
  return (
    <Modal
      isOpen
      // What is shown once is not dismissed by a press beside it.
      isDismissable={made === null}
      className="dialog"
      title={said.secretTitle(device.name)}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      {made === null ? (
        <div className="dialog-form">
          <p>{said.secretAbout}</p>
          <p role="alert" className="problem">
            {action.problem}
          </p>
          <Button
            isPending={action.isPending}
            onPress={() => void action.run(async () => setMade(await renewSecret(device.id)))}
          >
            {said.secretMake}
          </Button>
          <Button variant="secondary" onPress={onClose}>
            {words.cancel}
          </Button>
        </div>
      ) : (
        <MadeSecret made={made} onClose={onClose} />
      )}
    </Modal>
  );
}

function MadeSecret({ made, onClose }: { made: NewSecret; onClose: () => void }) {
  const words = useWords();
  const said = words.fleet.device;
  return (
    <div className="dialog-form">
      <ShownOnce>{said.secretOnce}</ShownOnce>
      <p>{said.inUseHolds}</p>
      <p>
        <span className="label">{said.address}</span>
        <code className="secret">{made.mqttUrl}</code>
      </p>
      <p>
        <span className="label">{said.id}</span>
        <code className="secret">{made.deviceId}</code>
      </p>
      <p>
        <span className="label">{said.secret}</span>
        <code className="secret">{made.secret}</code>
      </p>
      <CopyButton text={made.secret} words={said} />
      <figure className="install-code">
        <QrCode text={mqttCode(made)} />
        <figcaption className="label">{said.code}</figcaption>
      </figure>
      <Button variant="secondary" onPress={onClose}>
        {said.done}
      </Button>
    </div>
  );
}
