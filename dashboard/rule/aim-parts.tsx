import { placements } from '../../gateway/protocol/placement.ts';
import { profiles } from '../../gateway/protocol/profile.ts';
import { residentFlags } from '../../gateway/protocol/resident-flag.ts';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { useField } from './draft-context.tsx';
import { DurationPart, ListPart, OptionalPart, useOptions } from './field.tsx';
import type { Named } from './named.ts';

const profileTitles = Object.fromEntries(
  Object.entries(profiles).map(([id, { title }]) => [id, title]),
);

/** What it does to other alerts, and to the same one again. */
export function MoreParts({ isSilence, others }: { isSilence: boolean; others: readonly Named[] }) {
  const { words, say } = useSpeech();
  const { form } = words.rule;
  const { text } = useField(['id']);
  const options = others
    .filter(({ id }) => id !== text)
    .map(({ id, title }) => ({ id, name: say(title) }));
  return (
    <>
      {!isSilence && (
        <OptionalPart path={['cooldown']} label={form.rest} initial="1h">
          <DurationPart path={['cooldown']} label={form.cooldown} />
        </OptionalPart>
      )}
      <ListPart path={['inhibits']} label={form.inhibits} options={options} isOptional />
    </>
  );
}

/** Which homes and devices it is for. */
export function AimParts() {
  const { form } = useWords().rule;
  const profileOptions = useOptions(profileTitles);
  const placementOptions = useOptions(placements);
  const flagOptions = useOptions(residentFlags);
  return (
    <>
      <ListPart
        path={['appliesTo', 'profiles']}
        label={form.profiles}
        options={profileOptions}
        isOptional
      />
      <ListPart
        path={['appliesTo', 'placements']}
        label={form.placements}
        options={placementOptions}
        isOptional
      />
      <ListPart path={['appliesTo', 'flags']} label={form.flags} options={flagOptions} isOptional />
    </>
  );
}
