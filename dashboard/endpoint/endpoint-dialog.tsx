import { Button } from '@midas-ds/components/button';
import { Modal } from '@midas-ds/components/modal';
import { TextField } from '@midas-ds/components/textfield';
import { type SyntheticEvent, useState } from 'react';

import {
  EndpointInput,
  type EndpointSecret,
  type EndpointView,
} from '../../gateway/protocol/duty/endpoint.ts';
import { addEndpoint, changeEndpoint } from '../api/plan-api.ts';
import { useAction } from '../rule/use-action.ts';
import { useWords } from '../text/language-context.tsx';

interface EndpointDialogProps {
  /** Null for a new one. */
  endpoint: EndpointView | null;
  onClose: () => void;
  onAdded: (answer: EndpointSecret) => void;
  onChanged: (endpoint: EndpointView) => void;
}

/** What a webhook is called and where it goes. */
export function EndpointDialog({ endpoint, onClose, onAdded, onChanged }: EndpointDialogProps) {
  const words = useWords();
  const said = words.plan.endpoint;
  const action = useAction();
  const [draft, setDraft] = useState({ name: endpoint?.name ?? '', url: endpoint?.url ?? '' });
  const [isTried, setTried] = useState(false);
  const read = EndpointInput.safeParse({ name: draft.name, url: draft.url.trim() });
  const wrong = new Set(isTried ? read.error?.issues.map(({ path }) => path[0]) : []);

  async function send(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    if (!read.success) return;
    await action.run(async () => {
      if (endpoint === null) onAdded(await addEndpoint(read.data));
      else onChanged(await changeEndpoint(endpoint.id, read.data));
    });
  }

  return (
    <Modal
      isOpen
      isDismissable
      className="dialog"
      title={endpoint === null ? said.add : words.plan.changeOf(endpoint.name)}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <form className="dialog-form" onSubmit={(event) => void send(event)}>
        <TextField
          label={said.name}
          value={draft.name}
          maxLength={80}
          isInvalid={wrong.has('name')}
          errorMessage={said.nameMissing}
          onChange={(name) => setDraft({ ...draft, name })}
        />
        <TextField
          label={said.url}
          inputMode="url"
          autoComplete="off"
          value={draft.url}
          isInvalid={wrong.has('url')}
          errorMessage={said.badUrl}
          onChange={(url) => setDraft({ ...draft, url })}
        />
        <p role="alert" className="problem">
          {action.problem}
        </p>
        <Button type="submit" fullwidth isPending={action.isPending}>
          {action.isPending ? words.alert.sending : words.plan.save}
        </Button>
      </form>
    </Modal>
  );
}
