import { Checkbox } from '@midas-ds/components/checkbox';
import { useState } from 'react';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import { silence } from '../api/hold-api.ts';
import { UntilField, useUntil } from '../duty/until-field.tsx';
import { choicesIn } from '../duty/until.ts';
import { ReasonDialog } from '../rule/reason-dialog.tsx';
import { useAction } from '../rule/use-action.ts';
import { useLive } from '../stream/live-context.tsx';
import { useSpeech } from '../text/language-context.tsx';

const hours = [1, 2, 4, 8, 12];

/** Lets alerts of the same rule ask nobody for a while, in this home or in all. */
export function SilenceDialog({ alert, onClose }: { alert: AlertView; onClose: () => void }) {
  const { words, say } = useSpeech();
  const { clock } = useLive();
  const action = useAction();
  const [choices] = useState(() => choicesIn(hours, clock.now()));
  const [isEverywhere, setEverywhere] = useState(alert.home === null);
  const field = useUntil(choices);
  const home = isEverywhere ? null : alert.home;

  async function send(reason: string): Promise<boolean> {
    const until = field.read();
    if (until === null) return false;
    const matchers = {
      ruleIds: [alert.rule.id],
      ...(home !== null && { homeIds: [home.id] }),
    };
    return action.run(() => silence({ matchers, until, reason }));
  }

  return (
    <ReasonDialog
      title={words.hold.silence.title}
      submit={words.hold.silence.submit}
      action={action}
      onSubmit={send}
      onClose={onClose}
    >
      <p>
        <strong>{words.hold.silence.match(say(alert.rule.title), home?.label ?? null)}</strong>
      </p>
      <p>{words.hold.silence.about}</p>
      {alert.home !== null && (
        <Checkbox isSelected={isEverywhere} onChange={setEverywhere}>
          {words.hold.silence.everywhere}
        </Checkbox>
      )}
      <UntilField label={words.hold.untilWhen} choices={choices} field={field} />
    </ReasonDialog>
  );
}
