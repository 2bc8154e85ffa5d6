import { Button } from '@midas-ds/components/button';
import { Checkbox, CheckboxGroup } from '@midas-ds/components/checkbox';
import { Modal } from '@midas-ds/components/modal';
import { TextField } from '@midas-ds/components/textfield';
import { type SyntheticEvent, useState } from 'react';

import type { BridgeConfiguration, HubDetail } from '../../gateway/protocol/device/hub.ts';
import { makeBridge } from '../api/hub-api.ts';
import { useAction } from '../rule/use-action.ts';
import { useWords } from '../text/language-context.tsx';
import { type BridgeDraft, firstDraft, inputOf, sources } from './bridge-draft.ts';
import { BridgeResult } from './bridge-result.tsx';
import { dialectWord } from './dialect-word.ts';

interface BridgeDialogProps {
  hub: Pick<HubDetail, 'id' | 'dialects'>;
  onClose: () => void;
}

/** Asks what the hub is to send, and then shows its configuration the only time that it is shown. */
export function BridgeDialog({ hub, onClose }: BridgeDialogProps) {
  const said = useWords().hub;
  const [made, setMade] = useState<BridgeConfiguration | null>(null);
  return (
    <Modal
      isOpen
      // What is shown once is not dismissed by a press beside it.
      isDismissable={made === null}
      className="dialog"
      title={said.bridge}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      {made === null ? (
        <BridgeForm hub={hub} onMade={setMade} />
      ) : (
        <BridgeResult made={made} onClose={onClose} />
      )}
    </Modal>
  );
}

interface BridgeFormProps {
  hub: BridgeDialogProps['hub'];
  onMade: (made: BridgeConfiguration) => void;
}

function BridgeForm({ hub, onMade }: BridgeFormProps) {
  const words = useWords();
  const said = words.hub;
  const action = useAction();
  const [draft, setDraft] = useState<BridgeDraft>(() => firstDraft(hub.dialects));
  const [isTried, setTried] = useState(false);
  const { input, wrong } = inputOf(draft);
  const isEmpty = isTried && draft.chosen.length === 0;

  async function send(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    if (input === null) return;
    await action.run(async () => onMade(await makeBridge(hub.id, input)));
  }

  return (
    <form className="dialog-form" onSubmit={(event) => void send(event)}>
      <p>{said.bridgeAbout}</p>
      <CheckboxGroup
        label={said.sources}
        value={draft.chosen}
        isInvalid={isEmpty}
        onChange={(chosen) =>
          setDraft({ ...draft, chosen: sources.filter((source) => chosen.includes(source)) })
        }
      >
        {sources.map((source) => (
          <Checkbox key={source} value={source}>
            {dialectWord(source)}
          </Checkbox>
        ))}
      </CheckboxGroup>
      {draft.chosen.map((source) => (
        <TextField
          key={source}
          label={said.baseTopic(dialectWord(source))}
          autoComplete="off"
          value={draft.topics[source] ?? ''}
          maxLength={100}
          isInvalid={isTried && wrong.has(source)}
          errorMessage={said.badTopic}
          onChange={(topic) => setDraft({ ...draft, topics: { ...draft.topics, [source]: topic } })}
        />
      ))}
      <p role="alert" className="problem">
        {isEmpty ? said.sourceMissing : action.problem}
      </p>
      <Button type="submit" fullwidth isPending={action.isPending}>
        {action.isPending ? words.alert.sending : said.make}
      </Button>
    </form>
  );
}
