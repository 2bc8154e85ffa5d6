import type { ReactNode } from 'react';

import { catalogue } from '../../gateway/protocol/catalogue.ts';
import type {
  InstallationTest,
  InstallationView,
} from '../../gateway/protocol/device/installation.ts';
import { placementWord } from '../alert/where.ts';
import { exactTime } from '../clock/exact.ts';
import { useMe } from '../session/session-context.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { vendorAndModel } from './model-list.ts';
import { kindWord } from './proposal.ts';
import { readingsOf } from './readings.tsx';
import { Tick } from './tick.tsx';
import { namedAt } from './words-of.ts';

interface ProtocolProps {
  view: InstallationView;
  device: NonNullable<InstallationView['device']>;
  signed: NonNullable<InstallationView['signed']>;
}

/** Who, when, where, what, and how it went. */
export function Protocol({ view, device, signed }: ProtocolProps) {
  const { words, language } = useSpeech();
  const said = words.install.protocol;
  const { municipality } = useMe();
  const told = (at: number) => exactTime(at, words.locale, municipality.timeZone);
  const { alarm, replaces } = view;
  return (
    <article className="protocol">
      <Facts
        facts={[
          [said.municipality, municipality.name],
          [said.home, view.home.label],
          [said.by, signed.by.name],
          [said.startedAt, told(view.startedAt)],
          [said.signedAt, told(signed.at)],
          [said.replaced, replaces === null ? null : namedAt(replaces, language)],
        ]}
      />
      <Part heading={said.device}>
        <Facts facts={deviceFacts(device, said, language)} />
        <Facts
          facts={[
            [said.firstMessage, view.firstMessageAt === null ? null : told(view.firstMessageAt)],
            ...readingsOf(device, words),
          ]}
        />
      </Part>
      <Part heading={said.tests}>
        <ul className="protocol-tests">
          {view.tests.map((test) => (
            <TestRow key={test.type} test={test} told={told} />
          ))}
        </ul>
      </Part>
      <Part heading={said.alarm}>
        <Facts
          facts={[
            [said.raised, alarm.raisedAt === null ? null : told(alarm.raisedAt)],
            [
              said.accepted,
              alarm.acceptedAt === null
                ? null
                : said.acceptedBy(told(alarm.acceptedAt), alarm.acceptedBy ?? said.none),
            ],
          ]}
        />
      </Part>
      {signed.note !== null && (
        <Part heading={said.note}>
          <p className="protocol-note">{signed.note}</p>
        </Part>
      )}
      <footer>
        <p>
          <strong>{said.signature(signed.by.name, told(signed.at))}</strong>
        </p>
        <p className="label">
          {said.number} {view.id}
        </p>
      </footer>
    </article>
  );
}

type Fact = [name: string, value: string | null];

function deviceFacts(
  device: ProtocolProps['device'],
  said: ReturnType<typeof useSpeech>['words']['install']['protocol'],
  language: ReturnType<typeof useSpeech>['language'],
): Fact[] {
  const { model, hub, placement } = device;
  const called = model === null ? '' : vendorAndModel(model);
  return [
    [said.name, device.name],
    [said.placement, placement === null ? null : placementWord(placement, language)],
    [said.kind, kindWord(device.profile, language)],
    [said.model, called === '' ? null : called],
    [said.id, device.id],
    [said.hub, hub === null ? said.itself : `${hub.name}, ${hub.address}`],
  ];
}

function Part({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section aria-label={heading}>
      <h2>{heading}</h2>
      {children}
    </section>
  );
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="protocol-facts">
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={`${name} ${value}`}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function TestRow({ test, told }: { test: InstallationTest; told: (at: number) => string }) {
  const { words, say } = useSpeech();
  const said = words.install.protocol;
  const { seenAt, skipped } = test;
  function result(): string {
    if (seenAt !== null) return said.seen(told(seenAt));
    return skipped === null ? said.notSeen : said.skipped(skipped.reason);
  }
  return (
    <li>
      <Tick isDone={seenAt !== null} />
      <strong>{say(catalogue[test.type].title)}</strong>
      <span>{result()}</span>
    </li>
  );
}
