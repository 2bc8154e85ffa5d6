import { Button } from '@midas-ds/components/button';
import { useEffect, useState } from 'react';

import { Page } from '../frame/page.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { pushState, turnPushOff, turnPushOn } from './push-here.ts';
import type { PushState } from './push-state.ts';

/** What notifications do, whether they are on here, and why they may not be. */
export function PushPage() {
  const { words, language } = useSpeech();
  const [state, setState] = useState<PushState | null>(null);
  const [isPending, setPending] = useState(false);
  const [hasFailed, setFailed] = useState(false);

  useEffect(() => {
    let isShown = true;
    void pushState().then((found) => isShown && setState(found));
    return () => {
      isShown = false;
    };
  }, []);

  async function turn(): Promise<void> {
    setPending(true);
    setFailed(false);
    try {
      setState(await (state === 'on' ? turnPushOff() : turnPushOn(language)));
    } catch {
      setFailed(true);
    }
    setPending(false);
  }

  return (
    <Page title={words.page.push} heading={words.push.heading} className="push-page">
      <p>{words.push.about}</p>
      <p>{words.push.notAlone}</p>
      <output className="push-state">
        {state === null ? words.loading : words.push.state[state]}
      </output>
      <p role="alert" className="problem">
        {hasFailed && words.push.failed}
      </p>
      {(state === 'on' || state === 'off') && (
        <p>
          <Button
            className="push-turn"
            variant={state === 'on' ? 'secondary' : 'primary'}
            isPending={isPending}
            onPress={() => void turn()}
          >
            {state === 'on' ? words.push.turnOff : words.push.turnOn}
          </Button>
        </p>
      )}
      <p className="label">{words.push.ended}</p>
    </Page>
  );
}
