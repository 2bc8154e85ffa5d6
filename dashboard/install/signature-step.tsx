import { Button } from '@midas-ds/components/button';
import { TextArea } from '@midas-ds/components/textfield';
import { type SyntheticEvent, useState } from 'react';
import { useNavigate } from 'react-router';

import { signInstallation } from '../api/install-api.ts';
import { useClockWords } from '../clock/clock-words.ts';
import { useAction } from '../rule/use-action.ts';
import { useSpeech } from '../text/language-context.tsx';
import { readingsOf } from './readings.tsx';
import { useDevice, useStep } from './step-context.tsx';
import { StepFrame } from './step-frame.tsx';
import { namedAt } from './words-of.ts';

const formId = 'signature';

/** What was done, in short, and the name under it. */
export function SignatureStep() {
  const { words, language } = useSpeech();
  const said = words.install.sign;
  const { view, take } = useStep();
  const navigate = useNavigate();
  const action = useAction();
  const [note, setNote] = useState('');

  async function send(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    await action.run(async () => {
      take(await signInstallation(view.id, note.trim()));
      await navigate(`/install/${view.id}/protocol`, { replace: true });
    });
  }

  return (
    <StepFrame
      heading={said.heading}
      problem={action.problem}
      action={
        <Button type="submit" form={formId} isPending={action.isPending}>
          {said.submit}
        </Button>
      }
    >
      <Summary />
      <form id={formId} className="install-form" onSubmit={(event) => void send(event)}>
        <TextArea
          label={said.note}
          description={said.noteAbout}
          value={note}
          maxLength={2_000}
          onChange={setNote}
        />
        <p>{said.about}</p>
        {view.replaces !== null && (
          <p className="install-warning">{said.old(namedAt(view.replaces, language))}</p>
        )}
      </form>
    </StepFrame>
  );
}

function Summary() {
  const { words, language } = useSpeech();
  const { sign, protocol, alarm } = words.install;
  const { view } = useStep();
  const device = useDevice();
  const clock = useClockWords();
  const seen = view.tests.filter(({ seenAt }) => seenAt !== null).length;
  const skipped = view.tests.filter(({ skipped: left }) => left !== null).length;
  const { acceptedAt, acceptedBy } = view.alarm;
  const tests = sign.tested(seen, view.tests.length);
  const facts: [string, string][] = [
    [protocol.device, namedAt(device, language)],
    [words.install.test.step, skipped === 0 ? tests : `${tests}, ${sign.skipped(skipped)}`],
    ...(acceptedAt === null
      ? []
      : [
          [
            words.install.alarm.step,
            acceptedBy === null
              ? alarm.acceptedBySomebody(clock(acceptedAt))
              : alarm.accepted(acceptedBy, clock(acceptedAt)),
          ] satisfies [string, string],
        ]),
    ...readingsOf(device, words),
  ];
  return (
    <dl className="install-facts">
      {facts.map(([name, value]) => (
        <div key={`${name} ${value}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
