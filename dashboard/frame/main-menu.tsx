import { Button } from '@midas-ds/components/button';
import {
  Menu,
  MenuItem,
  MenuPopover,
  MenuSection,
  MenuTrigger,
  Separator,
} from '@midas-ds/components/menu';
import { Header as SectionHeader, type Selection } from 'react-aria-components';
import { useNavigate } from 'react-router';

import { languages } from '../../gateway/protocol/text.ts';
import { hasDuty } from '../duty/permission.ts';
import { useChangePerson } from '../duty/use-change-person.ts';
import { useMe, useSession } from '../session/session-context.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { useScheme } from '../theme/scheme-context.tsx';
import { isScheme, schemes } from '../theme/scheme.ts';
import { destinationsOf, paths } from './destination.ts';
import { MenuMark } from './menu-mark.tsx';

const languageNames = { sv: 'Svenska', en: 'English' };

export function MainMenu() {
  const me = useMe();
  const { leave, end } = useSession();
  const changePerson = useChangePerson();
  const { words, language, speak } = useSpeech();
  const { scheme, choose } = useScheme();
  const navigate = useNavigate();

  return (
    <MenuTrigger>
      <Button variant="icon" aria-label={words.menu.open} className="header-menu">
        <MenuMark />
      </Button>
      <MenuPopover placement="bottom end">
        <Menu aria-label={words.menu.open} className="main-menu">
          <MenuSection className="main-menu-pages">
            <SectionHeader>{words.menu.pages}</SectionHeader>
            {destinationsOf(me.role).map((destination) => (
              <MenuItem key={destination} onAction={() => void navigate(paths[destination])}>
                {words.page[destination]}
              </MenuItem>
            ))}
          </MenuSection>
          <Separator className="main-menu-pages" />
          <MenuSection>
            <SectionHeader>{words.menu.signedInAs(me.name, me.role)}</SectionHeader>
            {hasDuty(me.role) && (
              <MenuItem onAction={() => void navigate('/duty')}>{words.page.duty}</MenuItem>
            )}
            <MenuItem onAction={() => void navigate('/notifications')}>
              {words.push.heading}
            </MenuItem>
            {me.role === 'carer' && (
              <MenuItem onAction={changePerson}>{words.duty.changePerson}</MenuItem>
            )}
            <MenuItem onAction={() => void leave().catch(end)}>{words.menu.signOut}</MenuItem>
          </MenuSection>
          <Separator />
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[language]}
            onSelectionChange={(keys) => {
              const chosen = languages.find((candidate) => candidate === only(keys));
              if (chosen !== undefined) speak(chosen);
            }}
          >
            <SectionHeader>{words.menu.language}</SectionHeader>
            {languages.map((candidate) => (
              <MenuItem key={candidate} id={candidate}>
                {languageNames[candidate]}
              </MenuItem>
            ))}
          </MenuSection>
          <Separator />
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[scheme]}
            onSelectionChange={(keys) => {
              const chosen = only(keys);
              if (isScheme(chosen)) choose(chosen);
            }}
          >
            <SectionHeader>{words.menu.scheme}</SectionHeader>
            {schemes.map((candidate) => (
              <MenuItem key={candidate} id={candidate}>
                {words.menu[candidate]}
              </MenuItem>
            ))}
          </MenuSection>
        </Menu>
      </MenuPopover>
    </MenuTrigger>
  );
}

function only(keys: Selection): string {
  const [first] = keys === 'all' ? [] : keys;
  return String(first ?? '');
}
