import { Outlet } from 'react-router';

import { CommandProvider } from '../alert/command-context.tsx';
import { DutyProvider } from '../duty/duty-context.tsx';
import { PushKeeper } from '../push/push-keeper.tsx';
import { Alarm } from '../sound/alarm.tsx';
import { SoundProvider } from '../sound/sound-context.tsx';
import { SoundPrompt } from '../sound/sound-prompt.tsx';
import { Announcer } from '../stream/announcer.tsx';
import { useStaleMs } from '../stream/live-context.tsx';
import { StaleBanner } from '../stream/stale-banner.tsx';
import { Header } from './header.tsx';
import { SkipLink } from './skip-link.tsx';

/** What surrounds every page of those who are signed in. */
export function Frame() {
  const staleMs = useStaleMs();
  return (
    <SoundProvider>
      <DutyProvider>
        <div className="frame" data-stale={staleMs !== null || undefined}>
          <SkipLink />
          <Header />
          <StaleBanner staleMs={staleMs} />
          <SoundPrompt />
          <CommandProvider>
            <Outlet />
          </CommandProvider>
          <Announcer />
          <Alarm />
          <PushKeeper />
        </div>
      </DutyProvider>
    </SoundProvider>
  );
}
