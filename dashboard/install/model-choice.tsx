import { Button } from '@midas-ds/components/button';
import { SearchField } from '@midas-ds/components/search-field';
import { useState } from 'react';

import { shippedProfiles } from '../../gateway/protocol/device/shipped-profile.ts';
import type { Action } from '../rule/use-action.ts';
import { useSpeech } from '../text/language-context.tsx';
import { DevicePicture } from './device-picture.tsx';
import { type Choice, choicesOf } from './model-list.ts';
import { StepFrame } from './step-frame.tsx';

interface ModelChoiceProps {
  action: Action;
  onChoose: (choice: Choice) => void;
  onBack: () => void;
}

/** A new device with a secret of its own: of which kind, or which model. */
export function ModelChoice({ action, onChoose, onBack }: ModelChoiceProps) {
  const { words, language } = useSpeech();
  const said = words.install.device;
  const [wanted, setWanted] = useState('');
  const [picked, setPicked] = useState<Choice | null>(null);
  const { kinds, models, throughHub } = choicesOf(shippedProfiles, wanted, language);
  const groups = [
    { title: said.kinds, about: null, choices: kinds },
    { title: said.models, about: null, choices: models },
    { title: said.throughHub, about: said.needsHub, choices: throughHub },
  ].filter(({ choices }) => choices.length > 0);
  return (
    <StepFrame
      heading={said.newHeading}
      problem={action.problem}
      onBack={onBack}
      action={
        <Button
          isDisabled={picked === null}
          isPending={action.isPending}
          onPress={() => {
            if (picked !== null) onChoose(picked);
          }}
        >
          {picked === null ? words.install.next : said.use(picked.title)}
        </Button>
      }
    >
      <SearchField
        showButton={false}
        className="search"
        aria-label={said.searchModel}
        placeholder={said.searchModel}
        value={wanted}
        onChange={setWanted}
      />
      {groups.length === 0 && <output>{said.noModel}</output>}
      {groups.map(({ title, about, choices }) => (
        <section key={title} aria-label={title}>
          <h3>{title}</h3>
          {about !== null && <p className="label">{about}</p>}
          <ul className="choices">
            {choices.map((choice) => (
              <li key={choice.key}>
                <ModelButton
                  choice={choice}
                  isPicked={picked?.key === choice.key}
                  onPick={() => setPicked(choice)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </StepFrame>
  );
}

interface ModelButtonProps {
  choice: Choice;
  isPicked: boolean;
  onPick: () => void;
}

function ModelButton({ choice, isPicked, onPick }: ModelButtonProps) {
  return (
    <button
      type="button"
      className="choice"
      aria-pressed={isPicked}
      disabled={choice.needsHub}
      onClick={onPick}
    >
      <DevicePicture picture={choice.picture} />
      <span className="choice-words">
        <strong>{choice.title}</strong>
        {choice.model !== null && <span className="label">{choice.model}</span>}
      </span>
    </button>
  );
}
