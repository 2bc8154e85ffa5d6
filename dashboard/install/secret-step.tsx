import { Button } from '@midas-ds/components/button';
import { useEffect, useState } from 'react';

import type { NewSecret } from '../../gateway/protocol/device/identity.ts';
import { useWords } from '../text/language-context.tsx';
import { BridgeAside } from './bridge-aside.tsx';
import { mqttCode } from './mqtt-code.ts';
import { QrCode } from './qr-code.tsx';
import { useStep } from './step-context.tsx';
import { StepFrame } from './step-frame.tsx';

/** The only time that a secret is shown; leaving the page by mistake is asked about. */
export function SecretStep({ secret }: { secret: NewSecret }) {
  const said = useWords().install.secret;
  const { next } = useStep();
  const [told, setTold] = useState('');
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, []);
  const copy = () => {
    // Without a secure origin a browser has no clipboard for us.
    if (!('clipboard' in navigator)) {
      setTold(said.copyFailed);
      return;
    }
    navigator.clipboard.writeText(secret.secret).then(
      () => setTold(said.copied),
      () => setTold(said.copyFailed),
    );
  };
  return (
    <StepFrame heading={said.heading} action={<Button onPress={next}>{said.next}</Button>}>
      <p className="install-warning">{said.once}</p>
      <BridgeAside />
      <dl className="install-facts">
        <dt>{said.address}</dt>
        <dd>
          <code>{secret.mqttUrl}</code>
        </dd>
        <dt>{said.id}</dt>
        <dd>
          <code>{secret.deviceId}</code>
        </dd>
        <dt>{said.secret}</dt>
        <dd>
          <code>{secret.secret}</code>
        </dd>
      </dl>
      <Button variant="secondary" onPress={copy}>
        {said.copy}
      </Button>
      <output>{told}</output>
      <figure className="install-code">
        <QrCode text={mqttCode(secret)} />
        <figcaption className="label">{said.code}</figcaption>
      </figure>
    </StepFrame>
  );
}
