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
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import type { Dictionary } from '../text/sv.ts';
import { hasDeclined, mayAnswer, primaryAction, type Action, type RareAction } from './action.ts';
import { AlertDialog, type OpenDialog } from './alert-dialog.tsx';
import { AlertMenu } from './alert-menu.tsx';
import { useCommand } from './command-context.tsx';

/** The one thing to press, and behind a menu what is rare. */
export function AlertActions({ alert, isPage = false }: { alert: AlertView; isPage?: boolean }) {
  const words = useWords();
  const me = useMe();
  const command = useCommand(alert.id, 'card');
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const action = mayAnswer(me.role) ? primaryAction(alert, me.id) : null;

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
            variant={isCalm(alert, me.id) ? 'secondary' : 'primary'}
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
            isPage={isPage}
            canAccept={action === 'accept'}
            onAccept={(etaMinutes) => void command.run(() => acceptAlert(alert.id, etaMinutes))}
            onOpen={setOpen}
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

/** What asks nobody, or not this reader any more, is not pressed upon them. */
function isCalm(alert: AlertView, readerId: string): boolean {
  return alert.inhibitedBy !== null || alert.held !== null || hasDeclined(alert, readerId);
}

function actionWords(action: Action, words: Dictionary): string {
  return action === 'join' ? words.duty.act.join : words.alert[action];
}
