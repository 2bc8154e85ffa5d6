import { Button } from '@midas-ds/components/button';
import { useState } from 'react';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import { acceptAlert, arriveAtAlert } from '../api/alert-api.ts';
import { useMe } from '../session/session-context.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { mayAnswer, mayResolveEarly, primaryAction, type Action } from './action.ts';
import { AlertMenu } from './alert-menu.tsx';
import { useCommand } from './command-context.tsx';
import { CommentDialog } from './comment-dialog.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';

type Open = 'resolve' | 'comment' | null;

/** The one thing to press, and behind a menu what is rare. */
export function AlertActions({ alert, isPage = false }: { alert: AlertView; isPage?: boolean }) {
  const { words, say } = useSpeech();
  const me = useMe();
  const command = useCommand(alert.id, 'card');
  const [open, setOpen] = useState<Open>(null);
  const action = mayAnswer(me.role) ? primaryAction(alert, me.id) : null;
  const title = say(alert.rule.title);

  function press(pressed: Action): void {
    if (pressed === 'accept') void command.run(() => acceptAlert(alert.id));
    if (pressed === 'arrive') void command.run(() => arriveAtAlert(alert.id));
    if (pressed === 'resolve') setOpen('resolve');
  }

  return (
    <>
      <div className="alert-actions">
        {action !== null && (
          <Button
            className="alert-primary"
            variant={alert.inhibitedBy === null ? 'primary' : 'secondary'}
            data-action={action}
            isPending={command.isPending}
            onPress={() => press(action)}
          >
            {command.isPending ? words.alert.sending : words.alert[action]}
          </Button>
        )}
        {!(isPage && alert.state === 'resolved') && (
          <AlertMenu
            alert={alert}
            title={title}
            isPage={isPage}
            canAccept={action === 'accept'}
            canResolve={mayAnswer(me.role) && mayResolveEarly(alert, me.id)}
            canComment={mayAnswer(me.role) && !isPage}
            onAccept={(etaMinutes) => void command.run(() => acceptAlert(alert.id, etaMinutes))}
            onResolve={() => setOpen('resolve')}
            onComment={() => setOpen('comment')}
          />
        )}
      </div>
      <p role="alert" className="problem">
        {command.problem}
      </p>
      {open === 'resolve' && <ResolveDialog alert={alert} onClose={() => setOpen(null)} />}
      {open === 'comment' && <CommentDialog alert={alert} onClose={() => setOpen(null)} />}
    </>
  );
}
