import { Link, useLocation } from 'react-router';

import type { Me } from '../../gateway/protocol/api.ts';
import { clockTime } from '../clock/exact.ts';
import { DutyMark } from '../duty/duty-mark.tsx';
import { hasDuty } from '../duty/permission.ts';
import { useMe } from '../session/session-context.tsx';
import { SoundSwitch } from '../sound/sound-switch.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { destinationAt, destinationsOf, paths } from './destination.ts';
import { MainMenu } from './main-menu.tsx';

export function Header() {
  const me = useMe();
  const words = useWords();
  const { pathname } = useLocation();
  const here = destinationAt(me.role, pathname);
  return (
    <header className="header">
      <div className="header-title">
        {hasDuty(me.role) ? <DutyMark place={placeOf(me)} /> : placeOf(me)}
      </div>
      <nav className="header-nav" aria-label={words.menu.pages}>
        {destinationsOf(me.role).map((destination) => (
          <Link
            key={destination}
            to={paths[destination]}
            aria-current={
              destination === here ? currentAs(paths[destination] === pathname) : undefined
            }
          >
            {words.page[destination]}
          </Link>
        ))}
      </nav>
      <HeaderClock timeZone={me.municipality.timeZone} />
      <SoundSwitch />
      <MainMenu />
    </header>
  );
}

/** The page itself, or one that belongs to it. */
function currentAs(isPage: boolean): 'page' | 'true' {
  return isPage ? 'page' : 'true';
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
