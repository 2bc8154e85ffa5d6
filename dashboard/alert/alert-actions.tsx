import { Button } from '@midas-ds/components/button';
import { useState } from 'react';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import {
  acceptAlert,
  arriveAtAlert,
  askForHelp,
  declineAlert,
  giveBackAlert,
} from '../api/alert-api.ts';
import { mayHold } from '../duty/permission.ts';
import { useMe } from '../session/session-context.tsx';
import { useSpeech } from '../text/language-context.tsx';
import type { Dictionary } from '../text/sv.ts';
import {
  hasDeclined,
  mayAnswer,
  mayResolveEarly,
  primaryAction,
  rareActions,
  type Action,
  type RareAction,
} from './action.ts';
import { AlertDialog, type OpenDialog } from './alert-dialog.tsx';
import { AlertMenu } from './alert-menu.tsx';
import { useCommand } from './command-context.tsx';

/** The one thing to press, and behind a menu what is rare. */
export function AlertActions({ alert, isPage = false }: { alert: AlertView; isPage?: boolean }) {
  const { words, say } = useSpeech();
  const me = useMe();
  const command = useCommand(alert.id, 'card');
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const answers = mayAnswer(me.role);
  const action = answers ? primaryAction(alert, me.id) : null;
  const isCalm = alert.inhibitedBy !== null || alert.held !== null || hasDeclined(alert, me.id);

  function press(pressed: Action): void {
    if (pressed === 'accept' || pressed === 'join') void command.run(() => acceptAlert(alert.id));
    if (pressed === 'arrive') void command.run(() => arriveAtAlert(alert.id));
    if (pressed === 'resolve') setOpen('resolve');
  }

  function pressRare(pressed: RareAction): void {
    if (pressed === 'decline') void command.run(() => declineAlert(alert.id));
    if (pressed === 'needHelp') void command.run(() => askForHelp(alert.id));
    if (pressed === 'giveBack') void command.run(() => giveBackAlert(alert.id));
    if (pressed === 'takeOver') setOpen('take-over');
  }

  return (
    <>
      <div className="alert-actions">
        {action !== null && (
          <Button
            className="alert-primary"
            variant={isCalm ? 'secondary' : 'primary'}
            data-action={action}
            isPending={command.isPending}
            onPress={() => press(action)}
          >
            {command.isPending ? words.alert.sending : actionWords(action, words)}
          </Button>
        )}
        {!(isPage && alert.state === 'resolved') && (
          <AlertMenu
            alert={alert}
            title={say(alert.rule.title)}
            isPage={isPage}
            canAccept={action === 'accept'}
            canResolve={answers && mayResolveEarly(alert, me.id)}
            canComment={answers && !isPage}
            canSilence={mayHold(me.role, 'silence') && alert.severity !== 'emergency'}
            rare={answers ? rareActions(alert, me.id) : []}
            onAccept={(etaMinutes) => void command.run(() => acceptAlert(alert.id, etaMinutes))}
            onResolve={() => setOpen('resolve')}
            onComment={() => setOpen('comment')}
            onSilence={() => setOpen('silence')}
            onRare={pressRare}
          />
        )}
      </div>
      <p role="alert" className="problem">
        {command.problem}
      </p>
      {open !== null && <AlertDialog alert={alert} open={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function actionWords(action: Action, words: Dictionary): string {
  return action === 'join' ? words.duty.act.join : words.alert[action];
}
