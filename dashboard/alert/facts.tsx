import type { ReactNode } from 'react';
import { Link } from 'react-router';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import { PressableTimeAgo } from '../clock/time-ago.tsx';
import { useMe } from '../session/session-context.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { askedWords } from './asked.ts';
import { isCalling } from './order.ts';
import { namesOf, placementWord, placeOf, unitWords } from './where.ts';

export function Facts({ alert }: { alert: AlertView }) {
  const { words, language } = useSpeech();
  const me = useMe();
  const { device } = alert;
  const asked = askedWords(alert.asked, { meId: me.id, words });
  const facts: [string, ReactNode][] = [
    [words.home.residents, alert.resident?.name ?? null],
    [
      words.alert.where,
      alert.home === null ? placeOf(alert, language) : <HomeName key="home" home={alert.home} />,
    ],
    [words.asked.answersLabel, alert.unit === null ? null : unitWords(alert, me)],
    [
      words.alert.device,
      device === null ? null : `${device.name}, ${placementWord(device.placement, language)}`,
    ],
    [words.alert.happened, <PressableTimeAgo key="since" at={alert.since} />],
    [words.alert.raised, <PressableTimeAgo key="raised" at={alert.raisedAt} />],
    [words.asked.label, isCalling(alert) ? (asked ?? words.asked.nobody) : null],
    [words.asked.declinedLabel, namesOf(alert.declinedBy)],
    [words.alert.who, alert.acceptedBy?.name ?? words.alert.nobody],
    [words.asked.helpersLabel, namesOf(alert.helpers)],
    [words.alert.result, alert.outcome === null ? null : words.alert.outcomes[alert.outcome]],
    [words.alert.rule, words.alert.ruleVersion(alert.rule.id, alert.rule.version)],
  ];
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A home of another municipality is named, but not opened. */
function HomeName({ home }: { home: NonNullable<AlertView['home']> }) {
  return home.isOpen ? <Link to={`/homes/${home.id}`}>{home.label}</Link> : home.label;
}
