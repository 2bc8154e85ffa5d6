import type { ReactNode } from 'react';
import { Link } from 'react-router';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import { PressableTimeAgo } from '../clock/time-ago.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { placementWord } from './where.ts';

export function Facts({ alert }: { alert: AlertView }) {
  const { words, language } = useSpeech();
  const { device } = alert;
  const facts: [string, ReactNode][] = [
    [words.home.residents, alert.resident?.name ?? null],
    [
      words.alert.where,
      <Link key="home" to={`/homes/${alert.home.id}`}>
        {alert.home.label}
      </Link>,
    ],
    [
      words.alert.device,
      device === null ? null : `${device.name}, ${placementWord(device.placement, language)}`,
    ],
    [words.alert.happened, <PressableTimeAgo key="since" at={alert.since} />],
    [words.alert.raised, <PressableTimeAgo key="raised" at={alert.raisedAt} />],
    [words.alert.who, alert.acceptedBy?.name ?? words.alert.nobody],
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
