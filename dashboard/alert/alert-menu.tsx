import { Button } from '@midas-ds/components/button';
import {
  Menu,
  MenuItem,
  MenuPopover,
  MenuSection,
  MenuTrigger,
  Separator,
} from '@midas-ds/components/menu';
import { Header } from 'react-aria-components';
import { useNavigate } from 'react-router';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import type { Me } from '../../gateway/protocol/api.ts';
import { mayHold } from '../duty/permission.ts';
import { MoreMark } from '../frame/menu-mark.tsx';
import { useMe } from '../session/session-context.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { mayAnswer, mayResolveEarly, rareActions, type RareAction } from './action.ts';
import type { OpenDialog } from './alert-dialog.tsx';

const etaChoices = [5, 10, 20, 40];

interface AlertMenuProps {
  alert: AlertView;
  isPage: boolean;
  canAccept: boolean;
  onAccept: (etaMinutes: number) => void;
  onOpen: (dialog: OpenDialog) => void;
  onRare: (action: RareAction) => void;
}

/** What is done with an alert now and then. */
export function AlertMenu({ alert, isPage, canAccept, onAccept, onOpen, onRare }: AlertMenuProps) {
  const { words, say } = useSpeech();
  const me = useMe();
  const navigate = useNavigate();
  const { home } = alert;
  const title = say(alert.rule.title);
  const answers = mayAnswer(me.role);
  const rare = answers ? rareActions(alert, me.id) : [];
  const dialogs = dialogsOf(alert, me);
  return (
    <MenuTrigger>
      <Button variant="icon" className="alert-more" aria-label={words.alert.more(title)}>
        <MoreMark />
      </Button>
      <MenuPopover placement="bottom end">
        <Menu aria-label={words.alert.more(title)} className="alert-menu">
          {canAccept && (
            <MenuSection>
              <Header>{words.alert.acceptIn}</Header>
              {etaChoices.map((minutes) => (
                <MenuItem
                  key={minutes}
                  onAction={() => onAccept(minutes)}
                  aria-label={`${words.alert.acceptIn} ${words.alert.minutes(minutes)}`}
                >
                  {words.alert.minutes(minutes)}
                </MenuItem>
              ))}
            </MenuSection>
          )}
          {canAccept && <Separator />}
          {rare.map((action) => (
            <MenuItem key={action} onAction={() => onRare(action)}>
              {words.duty.act[action]}
            </MenuItem>
          ))}
          {dialogs.resolve && (
            <MenuItem onAction={() => onOpen('resolve')}>{words.alert.resolve}</MenuItem>
          )}
          {answers && !isPage && (
            <MenuItem onAction={() => onOpen('comment')}>{words.alert.comment}</MenuItem>
          )}
          {!isPage && (
            <MenuItem onAction={() => void navigate(`/alerts/${alert.id}`)}>
              {words.alert.timeline}
            </MenuItem>
          )}
          {dialogs.silence && (
            <MenuItem onAction={() => onOpen('silence')}>{words.duty.act.silence}</MenuItem>
          )}
          {home?.isOpen === true && (
            <MenuItem onAction={() => void navigate(`/homes/${home.id}`)}>
              {words.alert.home}
            </MenuItem>
          )}
        </Menu>
      </MenuPopover>
    </MenuTrigger>
  );
}

/** Which of the rarer questions are for this reader. */
function dialogsOf(alert: AlertView, me: Me): { resolve: boolean; silence: boolean } {
  return {
    resolve: mayAnswer(me.role) && mayResolveEarly(alert, me.id),
    silence:
      mayHold(me.role, 'silence') && alert.severity !== 'emergency' && alert.state !== 'resolved',
  };
}
