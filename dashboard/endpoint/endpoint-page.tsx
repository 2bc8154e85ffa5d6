import { Button } from '@midas-ds/components/button';
import { useState } from 'react';

import type { EndpointSecret, EndpointView } from '../../gateway/protocol/duty/endpoint.ts';
import { fetchEndpoints } from '../api/plan-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { mayTendEndpoints } from '../plan/permission.ts';
import { StaffNav } from '../plan/staff-nav.tsx';
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { EndpointDialog } from './endpoint-dialog.tsx';
import { EndpointRow } from './endpoint-row.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { RotateDialog, SecretDialog } from './secret-dialog.tsx';

import './endpoint.css';

const refreshMs = 15_000;

type Asked =
  | { what: 'save'; endpoint: EndpointView | null }
  | { what: 'rotate' | 'remove'; endpoint: EndpointView }
  | { what: 'secret'; answer: EndpointSecret };

/** Where webhooks of the municipality go, and whether they arrive. */
export function EndpointPage() {
  const words = useWords();
  const said = words.plan.endpoint;
  const { data, problem, again } = useFetched(fetchEndpoints, 0, refreshMs);
  const mayChange = mayTendEndpoints(useMe().role);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [done, setDone] = useState('');
  const close = () => setAsked(null);
  return (
    <Page title={words.plan.nav.endpoints} className="staff-page">
      <StaffNav />
      <div className="section-top">
        <p className="page-about">{said.about}</p>
        {mayChange && (
          <Button onPress={() => setAsked({ what: 'save', endpoint: null })}>{said.add}</Button>
        )}
      </div>
      <output>{done}</output>
      {data === null ? (
        <Problem problem={problem} onRetry={again} />
      ) : data.length === 0 ? (
        <p className="all-well">{said.none}</p>
      ) : (
        <ul className="rows">
          {data.map((endpoint) => (
            <EndpointRow
              key={endpoint.id}
              endpoint={endpoint}
              mayChange={mayChange}
              onTested={again}
              onChange={() => setAsked({ what: 'save', endpoint })}
              onRotate={() => setAsked({ what: 'rotate', endpoint })}
              onRemove={() => setAsked({ what: 'remove', endpoint })}
            />
          ))}
        </ul>
      )}
      {asked?.what === 'save' && (
        <EndpointDialog
          endpoint={asked.endpoint}
          onClose={close}
          onAdded={(answer) => {
            setDone(said.added(answer.endpoint.name));
            setAsked({ what: 'secret', answer });
            again();
          }}
          onChanged={({ name }) => {
            setDone(said.changed(name));
            close();
            again();
          }}
        />
      )}
      {asked?.what === 'rotate' && (
        <RotateDialog
          endpoint={asked.endpoint}
          onClose={close}
          onRotated={(answer) => setAsked({ what: 'secret', answer })}
        />
      )}
      {asked?.what === 'remove' && (
        <RemoveDialog
          endpoint={asked.endpoint}
          onClose={close}
          onRemoved={() => {
            setDone(said.removed(asked.endpoint.name));
            close();
            again();
          }}
        />
      )}
      {asked?.what === 'secret' && <SecretDialog answer={asked.answer} onClose={close} />}
    </Page>
  );
}
