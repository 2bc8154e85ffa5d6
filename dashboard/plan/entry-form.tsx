import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { TextField } from '@midas-ds/components/textfield';

import type { PlanException, PlanLine } from '../../gateway/protocol/duty/plan.ts';
import { timeInput } from '../rule/field.tsx';
import { useWords } from '../text/language-context.tsx';
import { OneOf, SomeOf } from './choice.tsx';
import { HoursFields } from './hours-fields.tsx';
import type { Names } from './names.ts';
import { type Rank, rankOf, ranks } from './order.ts';

export interface EntryFormProps<E> {
  entry: E;
  names: Names;
  /** Which fields will not do, by their first name in the document. */
  wrong: ReadonlySet<string>;
  onChange: (entry: E) => void;
}

/** A line of a plan as fields. */
export function LineForm({ entry, names, wrong, onChange }: EntryFormProps<PlanLine>) {
  const { plan } = useWords().plan;
  const { hours, ...always } = entry;
  return (
    <div className="entry-form">
      <WhoAndWhich entry={entry} names={names} wrong={wrong} onChange={onChange} />
      <RadioGroup
        className="inline-choice"
        orientation="horizontal"
        label={plan.when}
        value={hours === undefined ? 'always' : 'hours'}
        onChange={(value) =>
          onChange(
            value === 'always' ? always : { ...entry, hours: { from: '21:00', to: '07:00' } },
          )
        }
      >
        <Radio value="always">{plan.always}</Radio>
        <Radio value="hours">{plan.atHours}</Radio>
      </RadioGroup>
      {hours !== undefined && (
        <HoursFields
          hours={hours}
          isInvalid={wrong.has('hours')}
          onChange={(next) => onChange({ ...entry, hours: next })}
        />
      )}
    </div>
  );
}

/** An exception of a plan as fields. */
export function ExceptionForm({ entry, names, wrong, onChange }: EntryFormProps<PlanException>) {
  return (
    <div className="entry-form">
      <WhoAndWhich entry={entry} names={names} wrong={wrong} onChange={onChange} />
      <WallFields
        entry={entry}
        wrong={wrong}
        onChange={(period) => onChange({ ...entry, ...period })}
      />
    </div>
  );
}

interface Period {
  from: string;
  to: string;
}

interface WallFieldsProps {
  entry: Period;
  wrong: ReadonlySet<string>;
  onChange: (period: Period) => void;
}

/** From one day and time on the wall clock to another. */
export function WallFields({ entry, wrong, onChange }: WallFieldsProps) {
  const { plan, hours } = useWords().plan;
  const edges = [
    { edge: 'from', dateLabel: plan.fromDate, timeLabel: plan.fromTime },
    { edge: 'to', dateLabel: plan.toDate, timeLabel: plan.toTime },
  ] as const;
  return (
    <>
      {edges.map(({ edge, dateLabel, timeLabel }) => {
        const [date = '', time = ''] = entry[edge].split('T');
        const set = (nextDate: string, nextTime: string) =>
          onChange({ from: entry.from, to: entry.to, [edge]: `${nextDate}T${nextTime}` });
        return (
          <div key={edge} className="field-pair">
            <TextField
              {...dateInput}
              label={dateLabel}
              placeholder={hours.date}
              value={date}
              isInvalid={wrong.has(edge)}
              errorMessage={hours.badDate}
              onChange={(next) => set(next, time)}
            />
            <TextField
              {...timeInput}
              label={timeLabel}
              value={time}
              isInvalid={wrong.has(edge)}
              errorMessage={hours.badTime}
              onChange={(next) => set(date, next)}
            />
          </div>
        );
      })}
      <p role="alert" className="problem">
        {wrong.has('period') ? plan.badPeriod : null}
      </p>
    </>
  );
}

/** Native fields for dates follow the browser's language; ours are written as ISO 8601 has it. */
export const dateInput = { inputMode: 'numeric', maxLength: 10, autoComplete: 'off' } as const;

function WhoAndWhich<E extends PlanLine | PlanException>(props: EntryFormProps<E>) {
  const { entry, names, wrong, onChange } = props;
  const { plan } = useWords().plan;
  const rank = rankOf(entry);
  return (
    <>
      <OneOf
        label={plan.unit}
        options={names.units}
        value={entry.unitId}
        isInvalid={wrong.has('unitId')}
        errorMessage={plan.pickUnit}
        onChange={(unitId) => onChange({ ...entry, unitId })}
      />
      <RadioGroup
        className="inline-choice"
        orientation="horizontal"
        label={plan.which}
        value={rank}
        onChange={(value) => onChange(ranked(entry, ranks.find((one) => one === value) ?? 'all'))}
      >
        {ranks.toReversed().map((one) => (
          <Radio key={one} value={one}>
            {plan.ranks[one]}
          </Radio>
        ))}
      </RadioGroup>
      {rank === 'unit' && (
        <OneOf
          label={plan.whichUnit}
          options={names.units}
          value={entry.ofUnit ?? ''}
          isInvalid={wrong.has('ofUnit')}
          errorMessage={plan.pickUnit}
          onChange={(ofUnit) => onChange({ ...entry, ofUnit })}
        />
      )}
      {rank === 'named' && (
        <SomeOf
          label={plan.whichHomes}
          options={names.homes}
          value={entry.homeIds ?? []}
          isInvalid={wrong.has('homeIds')}
          errorMessage={plan.pickHomes}
          onChange={(homeIds) => onChange({ ...entry, homeIds })}
        />
      )}
    </>
  );
}

/** About homes of another kind, still to be chosen. */
function ranked<E extends PlanLine | PlanException>(entry: E, rank: Rank): E {
  const next = { ...entry };
  delete next.homeIds;
  delete next.ofUnit;
  const which = rank === 'named' ? { homeIds: [] } : rank === 'unit' ? { ofUnit: '' } : {};
  return Object.assign(next, which);
}
