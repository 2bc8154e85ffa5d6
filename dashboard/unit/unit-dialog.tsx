import { Button } from '@midas-ds/components/button';
import { Modal } from '@midas-ds/components/modal';
import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { TextField } from '@midas-ds/components/textfield';
import { type SyntheticEvent, useState } from 'react';

import type { UnitInput, UnitView } from '../../gateway/protocol/duty/unit.ts';
import { addUnit, changeUnit } from '../api/plan-api.ts';
import { OneOf, SomeOf } from '../plan/choice.tsx';
import type { Named } from '../plan/names.ts';
import { useAction } from '../rule/use-action.ts';
import { useWords } from '../text/language-context.tsx';
import { emptyUnit, unitInput, wrongIn } from './unit-draft.ts';

interface UnitDialogProps {
  /** Null for a new one. */
  unit: UnitView | null;
  endpoints: readonly Named[];
  municipalities: readonly Named[];
  onClose: () => void;
  onDone: (unit: UnitView) => void;
}

/** What a unit is called, who of it counts as on duty, and whom it works for. */
export function UnitDialog(props: UnitDialogProps) {
  const { unit, endpoints, municipalities, onClose, onDone } = props;
  const words = useWords();
  const said = words.plan.unit;
  const action = useAction();
  const [draft, setDraft] = useState<UnitInput>(unit === null ? emptyUnit : unitInput(unit));
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const wrong = isTried ? wrongIn(draft) : new Set<string>();
  const set = (change: Partial<UnitInput>) => setDraft({ ...draft, ...change });

  async function send(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    if (wrongIn(draft).size > 0) return;
    await action.run(async () => {
      const why = reason.trim() === '' ? {} : { reason: reason.trim() };
      const input = { ...draft, ...why, name: draft.name.trim() };
      onDone(
        await (unit === null
          ? addUnit(input)
          : changeUnit(unit.id, { ...input, version: unit.version })),
      );
      onClose();
    });
  }

  return (
    <Modal
      isOpen
      isDismissable
      className="dialog"
      title={unit === null ? said.add : words.plan.changeOf(unit.name)}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <form className="dialog-form" onSubmit={(event) => void send(event)}>
        <TextField
          label={said.name}
          value={draft.name}
          maxLength={80}
          isInvalid={wrong.has('name')}
          errorMessage={said.nameMissing}
          onChange={(name) => set({ name })}
        />
        <RadioGroup
          label={said.kind}
          value={draft.kind}
          onChange={(kind) =>
            setDraft(
              kind === 'team'
                ? { ...draft, kind: 'team', endpointId: null }
                : { ...draft, kind: 'alarm-centre', duty: 'always' },
            )
          }
        >
          <Radio value="team">{said.kinds.team}</Radio>
          <Radio value="alarm-centre">{said.kinds['alarm-centre']}</Radio>
        </RadioGroup>
        {draft.kind === 'team' ? (
          <RadioGroup
            label={said.duty}
            value={draft.duty}
            onChange={(duty) => set({ duty: duty === 'always' ? 'always' : 'check-in' })}
          >
            <Radio value="check-in">{said.duties['check-in']}</Radio>
            <Radio value="always">{said.duties.always}</Radio>
          </RadioGroup>
        ) : endpoints.length === 0 ? (
          <p className="form-locked">{said.noEndpoint}</p>
        ) : (
          <OneOf
            label={said.endpoint}
            options={endpoints}
            value={draft.endpointId}
            isInvalid={wrong.has('endpointId')}
            errorMessage={said.pickEndpoint}
            onChange={(endpointId) => set({ endpointId })}
          />
        )}
        {municipalities.length > 0 && (
          <SomeOf
            label={said.serves}
            description={said.servesAbout}
            options={municipalities}
            value={draft.serves}
            onChange={(serves) => set({ serves })}
          />
        )}
        <TextField
          label={said.reason}
          value={reason}
          maxLength={500}
          {...(unit?.changed && {
            description: said.changedBy(unit.changed.author.name, unit.changed.reason),
          })}
          onChange={setReason}
        />
        <p role="alert" className="problem">
          {action.problem}
        </p>
        <Button type="submit" fullwidth isPending={action.isPending}>
          {action.isPending ? words.alert.sending : words.plan.save}
        </Button>
      </form>
    </Modal>
  );
}
