import { Button } from '@midas-ds/components/button';

import type { Target } from '../../gateway/protocol/duty/policy.ts';
import { OneOf, SomeOf } from '../plan/choice.tsx';
import type { Names } from '../plan/names.ts';
import { useWords } from '../text/language-context.tsx';
import { targetOf } from './policy-draft.ts';
import { targetWords } from './policy-words.ts';

const kinds = [
  'responsible-unit',
  'unit',
  'everyone',
  'coordinators',
  'technicians',
  'people',
  'webhook',
] as const satisfies readonly Target['who'][];

interface TargetFieldsProps {
  asks: readonly Target[];
  names: Names;
  /** Whether what stands at this index cannot be read. */
  isWrong: (index: number) => boolean;
  onChange: (asks: Target[]) => void;
}

/** Whom a step asks, several at once. */
export function TargetFields({ asks, names, isWrong, onChange }: TargetFieldsProps) {
  const words = useWords();
  const { policy } = words.plan;
  const single = new Set(asks.map(({ who }) => who).filter((who) => !isNamed(who)));
  return (
    <fieldset className="target-fields">
      <legend>{policy.asks}</legend>
      {asks.length === 0 && (
        <p role="alert" className="problem">
          {policy.pickTarget}
        </p>
      )}
      {asks.map((target, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- two may ask the same while written.
        <div key={index} className="target-row">
          <TargetField
            target={target}
            names={names}
            isInvalid={isWrong(index)}
            onChange={(next) => onChange(asks.with(index, next))}
          />
          <Button
            variant="secondary"
            size="medium"
            aria-label={words.plan.removeOf(targetWords(target, names, words))}
            onPress={() => onChange(asks.toSpliced(index, 1))}
          >
            {words.plan.remove}
          </Button>
        </div>
      ))}
      <OneOf
        key={asks.length}
        label={policy.addTarget}
        options={kinds
          .filter((who) => !single.has(who))
          .map((who) => ({ id: who, name: policy.targets[who] }))}
        value={null}
        onChange={(id) => {
          const who = kinds.find((kind) => kind === id);
          if (who !== undefined) onChange([...asks, targetOf(who)]);
        }}
      />
    </fieldset>
  );
}

function isNamed(who: Target['who']): boolean {
  return who === 'unit' || who === 'people' || who === 'webhook';
}

interface TargetFieldProps {
  target: Target;
  names: Names;
  isInvalid: boolean;
  onChange: (target: Target) => void;
}

function TargetField({ target, names, isInvalid, onChange }: TargetFieldProps) {
  const words = useWords();
  const { policy } = words.plan;
  const shared = { isInvalid, errorMessage: policy.pickOne };
  switch (target.who) {
    case 'unit':
      return (
        <OneOf
          {...shared}
          label={policy.which.unit}
          options={names.units}
          value={target.unitId}
          onChange={(unitId) => onChange({ who: 'unit', unitId })}
        />
      );
    case 'webhook':
      return (
        <OneOf
          {...shared}
          label={policy.which.webhook}
          options={names.endpoints}
          value={target.endpointId}
          onChange={(endpointId) => onChange({ who: 'webhook', endpointId })}
        />
      );
    case 'people':
      return (
        <SomeOf
          {...shared}
          label={policy.which.people}
          options={names.people}
          value={target.ids}
          onChange={(ids) => onChange({ who: 'people', ids })}
        />
      );
    case 'responsible-unit':
    case 'everyone':
    case 'coordinators':
    case 'technicians':
      return <p>{targetWords(target, names, words)}</p>;
  }
}
