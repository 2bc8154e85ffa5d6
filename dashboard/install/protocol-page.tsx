import { Button } from '@midas-ds/components/button';
import { useCallback } from 'react';
import { Link, useNavigate, useParams } from 'react-router';

import { isGone } from '../api/api-error.ts';
import { fetchInstallation } from '../api/install-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { mayInstall } from './permission.ts';
import { Protocol } from './protocol.tsx';

import './install.css';
import './protocol.css';

const refreshMs = 60_000;

/** What was signed, as it was then; printed on one page. */
export function ProtocolPage() {
  const { id = '' } = useParams();
  const words = useWords();
  const said = words.install.protocol;
  const { role } = useMe();
  const navigate = useNavigate();
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
      <Protocol view={data} device={data.device} signed={data.signed} />
      <p className="install-links protocol-actions">
        <Link to={`/homes/${home}`}>{said.toHome}</Link>
      </p>
      <div className="install-actions protocol-actions">
        <div className="install-buttons">
          <Button variant="secondary" onPress={() => print()}>
            {said.print}
          </Button>
          {mayInstall(role) && (
            <Button onPress={() => void navigate(`/install?home=${home}`)}>{said.another}</Button>
          )}
        </div>
      </div>
    </Page>
  );
}
