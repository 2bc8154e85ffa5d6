import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';

import type { DutyChoice, DutyPage as Duties, DutyView } from '../../gateway/protocol/duty/duty.ts';
import { useClockWords } from '../clock/clock-words.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useMe } from '../session/session-context.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { CheckInForm } from './check-in-form.tsx';
import { useDuties } from './duty-context.tsx';
import { dutiesNow } from './duty-state.ts';
import { useChangePerson } from './use-change-person.ts';

import './duty.css';

/** Who is on duty, and the means to check in and out. */
export function DutyPage() {
  const words = useWords();
  const { page, problem, again } = useDuties();
  return (
    <Page title={words.page.duty} className="duty-page">
      {page === null ? (
        <Problem problem={problem} onRetry={again} />
      ) : (
        <DutyPageBody page={page} onChanged={again} />
      )}
    </Page>
  );
}

function DutyPageBody({ page, onChanged }: { page: Duties; onChanged: () => void }) {
  const words = useWords();
  const me = useMe();
  const { state } = useLocation() as { state: { said?: string } | null };
  const [said, setSaid] = useState(state?.said ?? '');
  const kept = page.choices.filter(({ isKept }) => isKept);
  const tell = (words_: string) => {
    setSaid(words_);
    onChanged();
  };
  return (
    <>
      <output className="duty-said">{said}</output>
      <OwnDuties page={page} />
      {kept.map((choice) => (
        <UnitDuty key={choice.unit.id} choice={choice} onChanged={tell} />
      ))}
      {page.mayBeOnCall && <OnCall page={page} onChanged={tell} />}
      {page.choices.length === 0 && !page.mayBeOnCall && <p>{words.duty.nothing}</p>}
      {me.role === 'carer' && <SharedPhone />}
    </>
  );
}

function OwnDuties({ page }: { page: Duties }) {
  const words = useWords();
  const now = useNow();
  const mine = dutiesNow(page, now);
  const isKept = page.choices.some((choice) => choice.isKept);
  if (mine.length === 0 && page.choices.length === 0) return null;
  return (
    <section aria-labelledby="duty-mine">
      <h2 id="duty-mine">{words.duty.mine}</h2>
      {mine.length === 0 && isKept && <p>{words.duty.notOn}</p>}
      {page.choices
        .filter((choice) => !choice.isKept)
        .map(({ unit }) => (
          <p key={unit.id}>{words.duty.always(unit.name)}</p>
        ))}
      {mine.length > 0 && (
        <ul className="rows">
          {mine.map((duty) => (
            <DutyRow key={duty.id} duty={duty} mayEnd />
          ))}
        </ul>
      )}
    </section>
  );
}

function UnitDuty({
  choice,
  onChanged,
}: {
  choice: DutyChoice;
  onChanged: (said: string) => void;
}) {
  const words = useWords();
  const me = useMe();
  const now = useNow();
  const [isOpen, setOpen] = useState(false);
  const { unit } = choice;
  const onDuty = choice.onDuty.filter(({ until }) => until > now);
  const isOn = (id: string) => onDuty.some(({ person }) => person.id === id);
  const people = [{ id: me.id, name: me.name }, ...choice.members]
    .filter(({ id }, index, all) => all.findIndex((other) => other.id === id) === index)
    .filter(({ id }) => !isOn(id));
  const isFolded = isOn(me.id) && !isOpen;
  return (
    <>
      {people.length > 0 && !isFolded && (
        <CheckInForm
          // Once the reader is on duty, the form is for somebody else.
          key={people[0]?.id}
          title={isOn(me.id) ? words.duty.checkInOther : words.duty.checkInTo(unit.name)}
          unitId={unit.id}
          people={people}
          plannedUntil={choice.proposedUntil}
          submit={words.duty.checkIn}
          onDone={(said) => {
            setOpen(false);
            onChanged(said);
          }}
        />
      )}
      {people.length > 0 && isFolded && (
        <p>
          <Button variant="secondary" onPress={() => setOpen(true)}>
            {words.duty.checkInOther}
          </Button>
        </p>
      )}
      <OnDuty
        title={words.duty.colleagues(unit.name)}
        name={unit.id}
        duties={onDuty}
        nobody={words.duty.nobody}
      />
    </>
  );
}

function OnCall({ page, onChanged }: { page: Duties; onChanged: (said: string) => void }) {
  const words = useWords();
  const me = useMe();
  const now = useNow();
  const onCall = page.onCall.filter(({ until }) => until > now);
  return (
    <>
      {!onCall.some(({ person }) => person.id === me.id) && (
        <CheckInForm
          title={words.duty.beOnCall}
          about={words.duty.beOnCallWhy}
          unitId={null}
          people={[{ id: me.id, name: me.name }]}
          plannedUntil={null}
          submit={words.duty.beOnCall}
          onDone={onChanged}
        />
      )}
      <OnDuty
        title={words.duty.onCallNow}
        name="on-call"
        duties={onCall}
        nobody={words.duty.nobodyOnCall}
      />
    </>
  );
}

interface OnDutyProps {
  title: string;
  name: string;
  duties: readonly DutyView[];
  /** What to say when there is none. */
  nobody: string;
}

function OnDuty({ title, name, duties, nobody }: OnDutyProps) {
  const me = useMe();
  const titleId = `on-duty-${name}`;
  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId}>{title}</h2>
      {duties.length === 0 ? (
        <p>{nobody}</p>
      ) : (
        <ul className="rows">
          {duties.map((duty) => (
            <DutyRow key={duty.id} duty={duty} isNamed mayEnd={duty.checkedInBy?.id === me.id} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface DutyRowProps {
  duty: DutyView;
  /** Tells the person rather than the unit. */
  isNamed?: boolean;
  mayEnd?: boolean;
}

function DutyRow({ duty, isNamed = false, mayEnd = false }: DutyRowProps) {
  const words = useWords();
  const me = useMe();
  const clock = useClockWords();
  const { person, unit, until, checkedInBy } = duty;
  const isMe = person.id === me.id;
  const name = isMe ? `${person.name} (${words.duty.you})` : person.name;
  const notes = [
    ...(isNamed ? [] : [words.duty.ends]),
    ...(checkedInBy === null ? [] : [words.duty.checkedInBy(checkedInBy.name)]),
  ];
  return (
    <li className="duty-row" data-duty={duty.id}>
      <p>
        <strong>{isNamed ? name : (unit?.name ?? words.duty.onCall)}</strong>{' '}
        {words.duty.until(clock(until))}
      </p>
      {notes.length > 0 && <p className="label">{notes.join(' ')}</p>}
      {mayEnd && (
        <Link to={`/duty/${duty.id}`} className="duty-link">
          {words.duty.checkOut}
          {!isMe && <span className="visually-hidden"> {person.name}</span>}
        </Link>
      )}
    </li>
  );
}

function SharedPhone() {
  const words = useWords();
  const changePerson = useChangePerson();
  return (
    <section className="shared-phone" aria-labelledby="shared-phone">
      <h2 id="shared-phone">{words.duty.shared}</h2>
      <p>{words.duty.sharedWhy}</p>
      <Button variant="secondary" onPress={changePerson}>
        {words.duty.changePerson}
      </Button>
    </section>
  );
}
