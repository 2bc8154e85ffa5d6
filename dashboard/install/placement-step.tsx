import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { type SyntheticEvent, useState } from 'react';

import { placements } from '../../gateway/protocol/placement.ts';
import { placeDevice } from '../api/install-api.ts';
import { useAction } from '../rule/use-action.ts';
import { useSpeech } from '../text/language-context.tsx';
import { capital, firstPlacement, placementsFor, proposedName } from './proposal.ts';
import { useDevice, useStep } from './step-context.tsx';
import { StepFrame } from './step-frame.tsx';

const formId = 'placement';

/** Where it is, and what it is called there. */
export function PlacementStep() {
  const { words, language, say } = useSpeech();
  const said = words.install.placement;
  const { view, take, next } = useStep();
  const device = useDevice();
  const action = useAction();
  const [placement, setPlacement] = useState(() => firstPlacement({ ...view, device }));
  const [own, setOwn] = useState<string | null>(null);
  const name = own ?? proposedName({ ...view, device }, placement, language);
  const isMissing = name.trim() === '';

  async function send(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isMissing) return;
    await action.run(async () => {
      take(await placeDevice(view.id, { placement, name: name.trim() }));
      next();
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
      <form id={formId} className="install-form" onSubmit={(event) => void send(event)}>
        {view.replaces !== null && <p>{said.taken}</p>}
        <fieldset className="places">
          <legend>{said.label}</legend>
          {placementsFor(device).map((place) => (
            <label key={place} className="place">
              <input
                type="radio"
                name="placement"
                value={place}
                checked={place === placement}
                onChange={() => setPlacement(place)}
              />
              <span>{capital(say(placements[place]))}</span>
            </label>
          ))}
        </fieldset>
        <TextField
          label={said.name}
          description={said.nameAbout}
          value={name}
          maxLength={80}
          isInvalid={isMissing}
          errorMessage={said.nameMissing}
          onChange={setOwn}
        />
        <p className="label">{said.trial}</p>
      </form>
    </StepFrame>
  );
}
