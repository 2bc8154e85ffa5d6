import { Button } from '@midas-ds/components/button';
import { useCallback } from 'react';
import { Link, useNavigate, useParams } from 'react-router';

import { isGone } from '../api/api-error.ts';
import { beginInstallation, fetchInstallation } from '../api/install-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useAction } from '../rule/use-action.ts';
import { useMe } from '../session/session-context.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { mayInstall } from './permission.ts';
import { Protocol } from './protocol.tsx';

import './install.css';
import './protocol.css';

const refreshMs = 60_000;
const freshMs = 10 * 60_000;

/** What was signed, as it was then; printed on one page. */
export function ProtocolPage() {
  const { id = '' } = useParams();
  const words = useWords();
  const said = words.install.protocol;
  const { role } = useMe();
  const now = useNow();
  const fetcher = useCallback((signal: AbortSignal) => fetchInstallation(id, signal), [id]);
  const { data, problem, again } = useFetched(fetcher, 0, refreshMs);
  if (data === null || data.id !== id || isGone(problem)) {
    return (
      <Page title={said.title}>
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  const home = encodeURIComponent(data.home.id);
  if (data.signed === null || data.device === null) {
    return (
      <Page title={said.title}>
        <p>{said.notSigned}</p>
        <p className="install-links">
          <Link to={`/install/${encodeURIComponent(id)}`}>{said.goOn}</Link>
        </p>
      </Page>
    );
  }
  return (
    <Page title={said.title} className="protocol-page">
      {/* Only to who has just signed: the protocol itself says what was, not what is. */}
      {now - data.signed.at < freshMs && (
        <output className="protocol-actions">
          <strong>{said.inUse(data.device.name)}</strong>
        </output>
      )}
      <Protocol view={data} device={data.device} signed={data.signed} />
      <p className="install-links protocol-actions">
        <Link to={`/homes/${home}`}>{said.toHome}</Link>
      </p>
      <ProtocolActions homeId={data.home.id} mayGoOn={mayInstall(role)} />
    </Page>
  );
}

/** On paper, or straight on with the next device of the box. */
function ProtocolActions({ homeId, mayGoOn }: { homeId: string; mayGoOn: boolean }) {
  const said = useWords().install.protocol;
  const navigate = useNavigate();
  const action = useAction();
  const begin = () =>
    void action.run(async () => {
      const { id } = await beginInstallation({ homeId, another: true });
      await navigate(`/install/${encodeURIComponent(id)}`);
    });
  return (
    <div className="install-actions protocol-actions">
      <p role="alert" className="problem">
        {action.problem}
      </p>
      <div className="install-buttons">
        <Button variant="secondary" onPress={() => print()}>
          {said.print}
        </Button>
        {mayGoOn && (
          <Button isPending={action.isPending} onPress={begin}>
            {said.another}
          </Button>
        )}
      </div>
    </div>
  );
}
