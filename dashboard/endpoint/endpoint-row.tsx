import { Button } from '@midas-ds/components/button';
import { useState } from 'react';

import type { EndpointView } from '../../gateway/protocol/duty/endpoint.ts';
import { SeverityMark } from '../alert/severity-mark.tsx';
import { testEndpoint } from '../api/plan-api.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { useAction } from '../rule/use-action.ts';
import { useWords } from '../text/language-context.tsx';

interface EndpointRowProps {
  endpoint: EndpointView;
  mayChange: boolean;
  onTested: () => void;
  onChange: () => void;
  onRotate: () => void;
  onRemove: () => void;
}

/** One webhook: where it goes, whether it is in use, and what came of the last attempts. */
export function EndpointRow(props: EndpointRowProps) {
  const { endpoint, mayChange, ...buttons } = props;
  const words = useWords();
  const said = words.plan.endpoint;
  const { name, url, disabled, lastDeliveredAt, lastFailure } = endpoint;
  return (
    <li className="endpoint-row">
      <p className="row-name">
        <strong>{name}</strong>
        <span className="endpoint-url">{url}</span>
      </p>
      <div>
        {disabled === null ? (
          <p>{said.working}</p>
        ) : (
          <div>
            <p className="state-line">
              <SeverityMark severity="high" />
              <strong>{said.disabled(disabled.why)}</strong> <TimeAgo at={disabled.at} isGoing />
            </p>
            {mayChange && <p className="label">{said.enable}</p>}
          </div>
        )}
        <p>
          <span className="label">{said.lastDelivered}</span>{' '}
          {lastDeliveredAt === null ? words.never : <TimeAgo at={lastDeliveredAt} />}
        </p>
        {lastFailure !== null && (
          <p>
            <span className="label">{said.lastFailure}</span> <TimeAgo at={lastFailure.at} />
            {`: ${lastFailure.why}`}
          </p>
        )}
      </div>
      {mayChange && <EndpointButtons endpoint={endpoint} {...buttons} />}
    </li>
  );
}

type EndpointButtonsProps = Omit<EndpointRowProps, 'mayChange'>;

function EndpointButtons(props: EndpointButtonsProps) {
  const { endpoint, onTested, onChange, onRotate, onRemove } = props;
  const words = useWords().plan;
  const said = words.endpoint;
  const { id, name } = endpoint;
  const action = useAction();
  const [told, setTold] = useState('');
  return (
    <div>
      <div className="activation-row">
        <Button
          variant="secondary"
          size="medium"
          aria-label={said.testOf(name)}
          isPending={action.isPending}
          onPress={() =>
            void action.run(async () => {
              setTold(said.testing);
              const { isDelivered, why } = await testEndpoint(id);
              setTold(isDelivered ? said.testDelivered(name) : said.testFailed(name, why ?? ''));
              onTested();
            })
          }
        >
          {said.test}
        </Button>
        <Button
          variant="secondary"
          size="medium"
          aria-label={said.rotateOf(name)}
          onPress={onRotate}
        >
          {said.rotate}
        </Button>
        <Button
          variant="secondary"
          size="medium"
          aria-label={words.changeOf(name)}
          onPress={onChange}
        >
          {words.change}
        </Button>
        <Button
          variant="secondary"
          size="medium"
          aria-label={said.removeOf(name)}
          onPress={onRemove}
        >
          {said.remove}
        </Button>
      </div>
      <output>{action.problem === null ? told : ''}</output>
      <p role="alert" className="problem">
        {action.problem}
      </p>
    </div>
  );
}
