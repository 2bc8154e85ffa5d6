import { Button } from '@midas-ds/components/button';
import { useState } from 'react';

import type { NewSecret } from '../../gateway/protocol/device/identity.ts';
import { renewSecret } from '../api/install-api.ts';
import { useClockWords } from '../clock/clock-words.ts';
import { spanOf } from '../clock/span.ts';
import { type Action, useAction } from '../rule/use-action.ts';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { BridgeAside } from './bridge-aside.tsx';
import { Dropped } from './dropped.tsx';
import { Readings } from './readings.tsx';
import { useDevice, useStep } from './step-context.tsx';
import { StepFrame } from './step-frame.tsx';
import { Tick } from './tick.tsx';

const helpAfterMs = 30_000;

interface MessageStepProps {
  onRenewed: (secret: NewSecret) => void;
}

/** Whether it is heard at all. */
export function MessageStep({ onRenewed }: MessageStepProps) {
  const words = useWords();
  const said = words.install.message;
  const { view, next } = useStep();
  const device = useDevice();
  const clock = useClockWords();
  const now = useNow();
  const action = useAction();
  const [since] = useState(now);
  const isHeard = view.firstMessageAt !== null;
  const waitedMs = Math.max(0, now - since);
  return (
    <StepFrame
      heading={isHeard ? said.heard : said.heading}
      problem={action.problem}
      action={
        <Button isDisabled={!isHeard} onPress={next}>
          {words.install.next}
        </Button>
      }
    >
      <output className="install-wait" data-done={isHeard || undefined}>
        <Tick isDone={isHeard} />
        <span>
          {view.firstMessageAt === null ? said.about : said.at(clock(view.firstMessageAt))}{' '}
          {!isHeard && device.connected && device.hub === null && said.connected}
        </span>
      </output>
      {!isHeard && <p className="label">{said.waiting(spanOf(waitedMs))}</p>}
      <Dropped />
      <Readings device={device} />
      {!isHeard && waitedMs >= helpAfterMs && <Help />}
      {!isHeard && device.hub === null && <SignInAside action={action} onRenewed={onRenewed} />}
    </StepFrame>
  );
}

/** For one that speaks for itself, and whose secret was not written down. */
function SignInAside({ action, onRenewed }: MessageStepProps & { action: Action }) {
  const said = useWords().install.secret;
  const { id } = useDevice();
  return (
    <>
      <BridgeAside />
      <div className="install-aside">
        <p className="label">{said.lost}</p>
        <Button
          variant="secondary"
          isPending={action.isPending}
          onPress={() => void action.run(async () => onRenewed(await renewSecret(id)))}
        >
          {said.again}
        </Button>
      </div>
    </>
  );
}

function Help() {
  const said = useWords().install.message;
  const { hub } = useDevice();
  const points = hub === null ? said.helpOwn : said.helpHub(hub.name);
  return (
    <section aria-labelledby="help" className="install-help">
      <h3 id="help">{said.helpHeading}</h3>
      <ul>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </section>
  );
}
