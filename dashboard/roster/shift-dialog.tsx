import { Button } from '@midas-ds/components/button';
import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { useState } from 'react';

import type { PlannedShift } from '../../gateway/protocol/duty/roster.ts';
import { OneOf } from '../plan/choice.tsx';
import { useTold } from '../plan/use-told.ts';
import { momentWords, periodWords } from '../plan/when.ts';
import { useWords } from '../text/language-context.tsx';
import { type Change, withoutChange, withPerson, withSwap } from './change.ts';
import { useRoster } from './roster-context.tsx';
import { RosterDialog } from './roster-dialog.tsx';

interface ShiftDialogProps {
  shift: PlannedShift;
  /** Opens what it comes from: the shift that comes back, or the single one. */
  onEdit: () => void;
  onClose: () => void;
}

type What = 'other' | 'swap' | 'nobody' | 'restore';

/** What can happen with one shift on one day. */
export function ShiftDialog({ shift, onEdit, onClose }: ShiftDialogProps) {
  const words = useWords().plan;
  const said = words.roster;
  const told = useTold();
  const { people, view, ahead } = useRoster();
  const [what, setWhat] = useState<What>('other');
  const [personId, setPersonId] = useState('');
  const [otherKey, setOtherKey] = useState('');
  const [isTried, setTried] = useState(false);
  const isSingle = view.document.single.some(({ id }) => id === shift.shiftId);
  const others = (ahead?.shifts ?? []).filter((one) => isToSwap(one, shift));

  function read(): Change | null {
    setTried(true);
    const other = others.find((one) => keyOf(one) === otherKey);
    switch (what) {
      case 'other':
        return personId === '' ? null : withPerson(shift, personId);
      case 'swap':
        return other === undefined ? null : withSwap(shift, other);
      case 'nobody':
        return withPerson(shift, null);
      case 'restore':
        return withoutChange(shift.shiftId, shift.date);
    }
  }

  return (
    <RosterDialog
      title={`${shift.person.name}, ${periodWords(shift, told)}`}
      submit={words.save}
      read={read}
      onClose={onClose}
    >
      <RadioGroup
        label={said.what}
        value={what}
        onChange={(value) =>
          setWhat(
            (['other', 'swap', 'nobody', 'restore'] as const).find((one) => one === value) ??
              'other',
          )
        }
      >
        <Radio value="other">{said.other}</Radio>
        <Radio value="swap">{said.swapWith}</Radio>
        <Radio value="nobody">{isSingle ? said.dropSingle : said.nobody}</Radio>
        {shift.isSwap && !isSingle && <Radio value="restore">{said.restore}</Radio>}
      </RadioGroup>
      {what === 'other' && (
        <OneOf
          label={said.person}
          options={people.filter(({ id }) => id !== shift.person.id)}
          value={personId}
          isInvalid={isTried && personId === ''}
          errorMessage={said.pickPerson}
          onChange={setPersonId}
        />
      )}
      {what === 'swap' &&
        (others.length === 0 ? (
          <p className="form-locked">{said.noSwap}</p>
        ) : (
          <OneOf
            label={said.whichShift}
            options={others.map((one) => ({
              id: keyOf(one),
              name: said.shift(
                one.person.name,
                momentWords(one.from, told),
                momentWords(one.to, told),
              ),
            }))}
            value={otherKey}
            isInvalid={isTried && otherKey === ''}
            errorMessage={said.pickShift}
            onChange={setOtherKey}
          />
        ))}
      <Button variant="secondary" onPress={onEdit}>
        {isSingle ? said.moveSingle : said.wholeSeries}
      </Button>
    </RosterDialog>
  );
}

const nearMs = 4 * 7 * 86_400_000;

/** Of somebody else, and not so far off that nobody thinks of it. */
function isToSwap(one: PlannedShift, shift: PlannedShift): boolean {
  return (
    one.unitId === shift.unitId &&
    one.person.id !== shift.person.id &&
    Math.abs(one.from - shift.from) < nearMs
  );
}

function keyOf({ shiftId, date }: PlannedShift): string {
  return `${shiftId} ${date}`;
}
