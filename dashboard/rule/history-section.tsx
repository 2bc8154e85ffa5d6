import { Button } from '@midas-ds/components/button';
import { useState } from 'react';

import {
  type RuleDetail,
  type RuleVersionView,
  startingReason,
} from '../../gateway/protocol/rule/rule-api.ts';
import { activateRule } from '../api/rule-api.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { mayChangeRules } from './permission.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { TextDiff } from './text-diff.tsx';
import { useAction } from './use-action.ts';

/** Every version of a rule, what it changed, and the way back to it. */
export function HistorySection({
  detail,
  onChanged,
}: {
  detail: RuleDetail;
  onChanged: () => void;
}) {
  const words = useWords();
  const me = useMe();
  const action = useAction();
  const [asked, setAsked] = useState<RuleVersionView | null>(null);
  const [done, setDone] = useState('');

  function rollBack({ source, version }: RuleVersionView, reason: string): Promise<boolean> {
    return action.run(async () => {
      await activateRule(detail.id, {
        source,
        isOn: detail.isOn,
        reason,
        basedOn: detail.version,
      });
      setDone(words.rule.history.rolledBack(version));
      onChanged();
    });
  }

  return (
    <section aria-labelledby="history">
      <h2 id="history">{words.rule.history.title}</h2>
      <output>{done}</output>
      <ol className="rows history">
        {detail.history.map((version, index) => (
          <li key={version.version}>
            <Version
              version={version}
              before={detail.history[index + 1] ?? null}
              isCurrent={version.version === detail.version}
            />
            {version.source !== detail.source && mayChangeRules(me.role) && (
              <Button
                variant="secondary"
                onPress={() => {
                  action.clear();
                  setAsked(version);
                }}
              >
                {words.rule.history.rollBack(version.version)}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {asked !== null && (
        <ReasonDialog
          title={words.rule.history.rollBack(asked.version)}
          submit={words.rule.history.rollBack(asked.version)}
          action={action}
          onSubmit={(reason) => rollBack(asked, reason)}
          onClose={() => setAsked(null)}
        >
          {asked.source !== detail.source && (
            <TextDiff before={detail.source} after={asked.source} />
          )}
        </ReasonDialog>
      )}
    </section>
  );
}

interface VersionProps {
  version: RuleVersionView;
  before: RuleVersionView | null;
  isCurrent: boolean;
}

function Version({ version, before, isCurrent }: VersionProps) {
  const { history, list } = useWords().rule;
  const name = version.author?.name ?? list.bySystem;
  return (
    <div className="version">
      <p>
        <strong>{history.version(version.version)}</strong>
        {isCurrent && `, ${history.current}`}
        {' · '}
        <TimeAgo at={version.at} /> {version.author === null ? name : history.by(name)}
        {version.origin !== null && ` · ${history.origin(version.origin)}`}
      </p>
      <p className="version-reason">
        {version.reason === startingReason ? history.starting : version.reason}
      </p>
      {before !== null && before.isOn !== version.isOn && (
        <p>{version.isOn ? history.wasTurnedOn : history.wasTurnedOff}</p>
      )}
      {before === null ? (
        <p className="label">{history.first}</p>
      ) : before.source === version.source ? (
        <p className="label">{history.same}</p>
      ) : (
        <details>
          <summary>{history.diff}</summary>
          <TextDiff before={before.source} after={version.source} />
        </details>
      )}
    </div>
  );
}
