import { useMemo, useState } from 'react';

import type { NewSecret } from '../../gateway/protocol/device/identity.ts';
import type { InstallationView } from '../../gateway/protocol/device/installation.ts';
import { AlarmStep } from './alarm-step.tsx';
import { DeviceStep } from './device-step.tsx';
import { MessageStep } from './message-step.tsx';
import { PlacedDeviceStep } from './placed-device-step.tsx';
import { PlacementStep } from './placement-step.tsx';
import { Progress } from './progress.tsx';
import { beside, type Screen, screenAt, screensOf } from './screen.ts';
import { SecretStep } from './secret-step.tsx';
import { SignatureStep } from './signature-step.tsx';
import { type Step, StepContext, useStep } from './step-context.tsx';
import { TestStep } from './test-step.tsx';

interface CurrentStepProps {
  view: InstallationView;
  take: (view: InstallationView) => void;
}

/** The step where the reader stands; whoever comes anew stands where the gateway says. */
export function CurrentStep({ view, take }: CurrentStepProps) {
  const [stands, setStands] = useState<Screen>(() => screenAt(view, null, false));
  const [hasMoved, setMoved] = useState(false);
  const [secret, setSecret] = useState<NewSecret | null>(null);
  const hasSecret = secret !== null && secret.deviceId === view.device?.id;
  const screen = screenAt(view, stands, hasSecret);

  const step = useMemo<Step>(() => {
    const go = (to: Screen) => {
      setMoved(true);
      setStands(to);
    };
    const before = beside(screen, -1, hasSecret);
    return {
      view,
      take,
      next: () => {
        const after = beside(screen, 1, hasSecret);
        if (after !== null) go(after);
      },
      back: before === null ? null : () => go(before),
      hasMoved,
    };
  }, [view, take, screen, hasSecret, hasMoved]);

  function show(given: NewSecret | null, to: Screen) {
    setSecret(given);
    setMoved(true);
    setStands(to);
  }

  return (
    <StepContext value={step}>
      <Progress screen={screen} screens={screensOf(hasSecret)} />
      <ScreenOf screen={screen} secret={secret} onSecret={show} />
    </StepContext>
  );
}

interface ScreenOfProps {
  screen: Screen;
  secret: NewSecret | null;
  /** A secret was made, or none; what is to be done then. */
  onSecret: (secret: NewSecret | null, to: Screen) => void;
}

function ScreenOf({ screen, secret, onSecret }: ScreenOfProps) {
  const { device } = useStep().view;
  switch (screen) {
    case 'device':
      return device === null || device.placement === null ? (
        <DeviceStep onChosen={(given) => onSecret(given, 'placement')} />
      ) : (
        <PlacedDeviceStep device={device} />
      );
    case 'placement':
      return <PlacementStep />;
    case 'secret':
      return secret === null ? null : <SecretStep secret={secret} />;
    case 'first-message':
      return <MessageStep onRenewed={(given) => onSecret(given, 'secret')} />;
    case 'tests':
      return <TestStep />;
    case 'alarm':
      return <AlarmStep />;
    case 'signature':
      return <SignatureStep />;
  }
}
