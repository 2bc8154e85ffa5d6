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
import { MoreMark } from '../frame/menu-mark.tsx';
import { useWords } from '../text/language-context.tsx';
import type { RareAction } from './action.ts';

const etaChoices = [5, 10, 20, 40];

interface AlertMenuProps {
  alert: AlertView;
  title: string;
  isPage: boolean;
  canAccept: boolean;
  canResolve: boolean;
  canComment: boolean;
  canSilence: boolean;
  rare: readonly RareAction[];
  onAccept: (etaMinutes: number) => void;
  onResolve: () => void;
  onComment: () => void;
  onSilence: () => void;
  onRare: (action: RareAction) => void;
}

/** What is done with an alert now and then. */
export function AlertMenu(props: AlertMenuProps) {
  const {
    alert,
    title,
    isPage,
    canAccept,
    canResolve,
    canComment,
    canSilence,
    rare,
    onAccept,
    onResolve,
    onComment,
    onSilence,
    onRare,
  } = props;
  const words = useWords();
  const navigate = useNavigate();
  const { home } = alert;
  return (
    <MenuTrigger>
      <Button variant="icon" className="alert-more" aria-label={words.alert.more(title)}>
        <MoreMark />
      </Button>
      <MenuPopover placement="bottom end">
        <Menu aria-label={words.alert.more(title)}>
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
          {canResolve && <MenuItem onAction={onResolve}>{words.alert.resolve}</MenuItem>}
          {canComment && <MenuItem onAction={onComment}>{words.alert.comment}</MenuItem>}
          {!isPage && (
            <MenuItem onAction={() => void navigate(`/alerts/${alert.id}`)}>
              {words.alert.timeline}
            </MenuItem>
          )}
          {canSilence && <MenuItem onAction={onSilence}>{words.duty.act.silence}</MenuItem>}
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
