import { NavLink } from 'react-router';

import type { Me } from '../../gateway/protocol/api.ts';
import { clockTime } from '../clock/exact.ts';
import { DutyMark } from '../duty/duty-mark.tsx';
import { hasDuty } from '../duty/permission.ts';
import { useMe } from '../session/session-context.tsx';
import { SoundSwitch } from '../sound/sound-switch.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { destinationsOf, paths } from './destination.ts';
import { MainMenu } from './main-menu.tsx';

export function Header() {
  const me = useMe();
  const words = useWords();
  return (
    <header className="header">
      <div className="header-title">
        {hasDuty(me.role) ? <DutyMark place={placeOf(me)} /> : placeOf(me)}
      </div>
      <nav className="header-nav" aria-label={words.menu.pages}>
        {destinationsOf(me.role).map((destination) => (
          <NavLink key={destination} to={paths[destination]} end>
            {words.page[destination]}
          </NavLink>
        ))}
      </nav>
      <HeaderClock timeZone={me.municipality.timeZone} />
      <SoundSwitch />
      <MainMenu />
    </header>
  );
}

function HeaderClock({ timeZone }: { timeZone: string }) {
  const words = useWords();
  const now = useNow();
  return (
    <time className="header-clock" dateTime={new Date(now).toISOString()}>
      {clockTime(now, words.locale, timeZone)}
    </time>
  );
}

function placeOf(me: Me): string {
  const [unit, ...others] = me.units;
  return unit !== undefined && others.length === 0 ? unit.name : me.municipality.name;
}
