import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useCallback, useState } from 'react';

import type { FoundView } from '../../gateway/protocol/device/hub.ts';
import type { NewSecret } from '../../gateway/protocol/device/identity.ts';
import type { InstallationDevice } from '../../gateway/protocol/device/installation.ts';
import { chooseDevice } from '../api/install-api.ts';
import { useAction } from '../rule/use-action.ts';
import type { CameraProblem } from '../scan/camera.ts';
import { Scanner } from '../scan/scanner.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { FoundSection } from './found-section.tsx';
import { ModelChoice } from './model-choice.tsx';
import type { Choice } from './model-list.ts';
import { useStep } from './step-context.tsx';
import { StepFrame } from './step-frame.tsx';

interface DeviceStepProps {
  /** With the secret of a device that got one. */
  onChosen: (secret: NewSecret | null) => void;
}

/** Which device it is: by its code, by what a hub has found, or a new one of a kind. */
export function DeviceStep({ onChosen }: DeviceStepProps) {
  const { words, language } = useSpeech();
  const said = words.install.device;
  const { view, take, next } = useStep();
  const action = useAction();
  const [isScanning, setScanning] = useState(false);
  const [isNew, setNew] = useState(false);
  const [cameraProblem, setCameraProblem] = useState<CameraProblem | null>(null);
  const [scanned, setScanned] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [picked, setPicked] = useState<FoundView | null>(null);
  const code = typed.trim();

  const send = (body: InstallationDevice) =>
    void action.run(async () => {
      const answer = await chooseDevice(view.id, body);
      take(answer.installation);
      onChosen(answer.secret);
    });
  const stop = useCallback((problem: CameraProblem) => {
    setScanning(false);
    setCameraProblem(problem);
  }, []);

  if (isNew) {
    return (
      <ModelChoice
        action={action}
        onBack={() => {
          action.clear();
          setNew(false);
        }}
        onChoose={({ profile, modelId }: Choice) =>
          send({ profile, ...(modelId !== null && { modelId }) })
        }
      />
    );
  }

  function primary() {
    const isPending = action.isPending;
    if (isScanning) {
      return (
        <Button variant="secondary" onPress={() => setScanning(false)}>
          {said.stopScan}
        </Button>
      );
    }
    if (picked !== null) {
      const { hubId, address, label } = picked;
      return (
        <Button isPending={isPending} onPress={() => send({ hubId, address })}>
          {said.use(label)}
        </Button>
      );
    }
    if (code !== '') {
      return (
        <Button isPending={isPending} onPress={() => send({ scanned: code })}>
          {said.use(code)}
        </Button>
      );
    }
    if (view.device !== null) return <Button onPress={next}>{said.keep(view.device.name)}</Button>;
    return (
      <Button isPending={isPending} onPress={() => setScanning(true)}>
        {said.scan}
      </Button>
    );
  }

  return (
    <StepFrame heading={said.heading} problem={action.problem} action={primary()}>
      {isScanning && (
        <Scanner
          onRead={(text) => {
            setScanning(false);
            setScanned(text);
            send({ scanned: text });
          }}
          onProblem={stop}
        />
      )}
      <output className="install-told">
        {cameraProblem === 'denied' && said.cameraDenied}
        {cameraProblem === 'missing' && said.noCamera}
        {scanned !== null && said.scanned(scanned)}
      </output>
      {!isScanning && (
        <>
          {view.device !== null && (
            <Button variant="secondary" onPress={() => setScanning(true)}>
              {said.scan}
            </Button>
          )}
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (code !== '') send({ scanned: code });
            }}
          >
            <TextField
              label={said.type}
              description={said.typeAbout}
              value={typed}
              maxLength={500}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck="false"
              lang={language}
              onChange={(value) => {
                action.clear();
                setTyped(value);
                setPicked(null);
              }}
            />
          </form>
          <FoundSection homeId={view.home.id} picked={picked} onPick={setPicked} />
          <Button
            variant="secondary"
            onPress={() => {
              action.clear();
              setNew(true);
            }}
          >
            {said.new}
          </Button>
        </>
      )}
    </StepFrame>
  );
}
