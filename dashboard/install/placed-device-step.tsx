import { Button } from '@midas-ds/components/button';

import type { InstallationView } from '../../gateway/protocol/device/installation.ts';
import { pictureOf } from '../../gateway/protocol/device/kind-picture.ts';
import { useSpeech } from '../text/language-context.tsx';
import { DevicePicture } from './device-picture.tsx';
import { useStep } from './step-context.tsx';
import { StepFrame } from './step-frame.tsx';
import { namedAt } from './words-of.ts';

interface PlacedDeviceStepProps {
  device: NonNullable<InstallationView['device']>;
}

/** For whoever looks back: which device it is, now that it is in its place. */
export function PlacedDeviceStep({ device }: PlacedDeviceStepProps) {
  const { words, language } = useSpeech();
  const { next } = useStep();
  return (
    <StepFrame
      heading={words.install.device.heading}
      action={<Button onPress={next}>{words.install.next}</Button>}
    >
      <div className="install-wait">
        <DevicePicture picture={device.model?.picture ?? pictureOf(device.profile)} />
        <p>{words.install.device.placed(namedAt(device, language))}</p>
      </div>
    </StepFrame>
  );
}
