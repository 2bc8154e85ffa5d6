import { Button } from '@midas-ds/components/button';
import { InfoBanner } from '@midas-ds/components/info-banner';
import { TextField } from '@midas-ds/components/textfield';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { Navigate, useLocation } from 'react-router';

import { SignIn } from '../../gateway/protocol/api.ts';
import { ApiError } from '../api/api-error.ts';
import { explain } from '../api/explain.ts';
import { Page } from '../frame/page.tsx';
import { useWords } from '../text/language-context.tsx';
import type { Dictionary } from '../text/sv.ts';
import { linkToken } from './link-token.ts';
import { useSession } from './session-context.tsx';

import './sign-in.css';

export function SignInPage() {
  const words = useWords();
  const { state, enter } = useSession();
  const [problem, setProblem] = useState<string | null>(null);
  const isWithLink = useLinkSignIn(enter, () => setProblem(words.session.linkFailed));
  const [isSending, setSending] = useState(false);

  if (state.phase === 'in' && !isWithLink) return <Navigate to="/" replace />;

  async function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    const body = SignIn.safeParse(Object.fromEntries(new FormData(event.currentTarget)));
    if (!body.success) {
      setProblem(words.session.incomplete);
      return;
    }
    setSending(true);
    try {
      await enter(body.data);
    } catch (error) {
      setProblem(explainSignIn(error, words));
    }
    setSending(false);
  }

  return (
    <Page title={words.page.signIn} heading={words.session.title} className="sign-in">
      {isWithLink ? (
        <output>{words.session.withLink}</output>
      ) : (
        <form onSubmit={(event) => void submit(event)} noValidate>
          {state.phase === 'out' && state.hasEnded && problem === null && (
            <InfoBanner type="info" message={words.session.ended} />
          )}
          <div role="alert">
            {problem !== null && <InfoBanner type="warning" message={problem} />}
          </div>
          <TextField
            name="email"
            type="email"
            label={words.session.email}
            autoComplete="username"
          />
          <TextField
            name="password"
            type="password"
            label={words.session.password}
            autoComplete="current-password"
          />
          <Button type="submit" fullwidth isPending={isSending}>
            {isSending ? words.alert.sending : words.session.submit}
          </Button>
          <p className="sign-in-hint">{words.session.aboutLinks}</p>
        </form>
      )}
    </Page>
  );
}

/** Uses the token of a one-time link once, and takes it out of the address and the history at once. */
function useLinkSignIn(enter: (body: SignIn) => Promise<void>, onFailure: () => void): boolean {
  const { hash } = useLocation();
  const [isUnderWay, setUnderWay] = useState(() => linkToken(hash) !== null);
  const used = useRef<string | null>(null);
  useEffect(() => {
    const token = linkToken(hash);
    if (token === null || used.current === token) return;
    used.current = token;
    history.replaceState(history.state, '', location.pathname);
    setUnderWay(true);
    enter({ token }).then(
      () => setUnderWay(false),
      () => {
        setUnderWay(false);
        onFailure();
      },
    );
  }, [hash, enter, onFailure]);
  return isUnderWay;
}

function explainSignIn(error: unknown, words: Dictionary): string {
  if (error instanceof ApiError && error.status === 429) return words.session.tooMany;
  if (error instanceof ApiError && (error.status === 401 || error.status === 400)) {
    return words.session.wrong;
  }
  return explain(error, words);
}
