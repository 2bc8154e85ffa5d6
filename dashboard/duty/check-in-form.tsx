import { Button } from '@midas-ds/components/button';
import { ListBoxItem } from '@midas-ds/components/list-box';
import { Select } from '@midas-ds/components/select';
import { useId, useState, type SyntheticEvent } from 'react';

import { checkIn } from '../api/duty-api.ts';
import { useClockWords } from '../clock/clock-words.ts';
import { useAction } from '../rule/use-action.ts';
import { useMe } from '../session/session-context.tsx';
import { useLive } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { UntilField, useUntil } from './until-field.tsx';
import { dutyChoices } from './until.ts';

interface CheckInFormProps {
  title: string;
  about?: string;
  /** Null for being on call for the municipality. */
  unitId: string | null;
  /** Who is not yet on duty there, the reader first. */
  people: readonly { id: string; name: string }[];
  /** Null where nothing is planned. */
  plannedUntil: number | null;
  submit: string;
  onDone: (said: string) => void;
}

/** Says who is on duty, and until when; one press when all is as planned. */
export function CheckInForm(props: CheckInFormProps) {
  const { title, about, unitId, people, plannedUntil, submit, onDone } = props;
  const words = useWords();
  const me = useMe();
  const { clock } = useLive();
  const clockOf = useClockWords();
  const action = useAction();
  const titleId = useId();
  const [choices] = useState(() => dutyChoices(plannedUntil, clock.now()));
  const field = useUntil(choices);
  const [personId, setPersonId] = useState(people[0]?.id ?? me.id);

  async function send(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    const until = field.read();
    if (until === null) return;
    const body = { unitId, until, ...(personId !== me.id && { personId }) };
    await action.run(async () => {
      const duty = await checkIn(body);
      const told = unitId === null ? words.duty.takenOnCall : words.duty.checkedIn;
      onDone(told(duty.person.name, clockOf(duty.until)));
    });
  }

  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId}>{title}</h2>
      {about !== undefined && <p>{about}</p>}
      <form className="dialog-form duty-form" onSubmit={(event) => void send(event)}>
        {(people.length > 1 || people[0]?.id !== me.id) && (
          <Select
            label={words.duty.who}
            value={personId}
            onChange={(id) => setPersonId(String(id))}
          >
            {people.map(({ id, name }) => (
              <ListBoxItem key={id} id={id}>
                {id === me.id ? words.duty.me(name) : name}
              </ListBoxItem>
            ))}
          </Select>
        )}
        <UntilField label={words.duty.untilWhen} choices={choices} field={field} />
        <p role="alert" className="problem">
          {action.problem}
        </p>
        <Button type="submit" className="duty-submit" isPending={action.isPending}>
          {action.isPending ? words.alert.sending : submit}
        </Button>
      </form>
    </section>
  );
}
