import { Button } from '@midas-ds/components/button';

import { explain } from '../api/explain.ts';
import { useSession } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { Page } from './page.tsx';

/** Before it is known who is reading. */
export function WaitingPage({ problem }: { problem: unknown }) {
  const words = useWords();
  const { retry } = useSession();
  return (
    <Page title={words.vaka} className="sign-in">
      {problem === null ? (
        <output>{words.loading}</output>
      ) : (
        <>
          <p role="alert">{explain(problem, words)}</p>
          <Button onPress={retry}>{words.retry}</Button>
        </>
      )}
    </Page>
  );
}
