import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import type { RuleDetail } from '../../gateway/protocol/rule/rule-api.ts';
import type { ApiError } from '../api/api-error.ts';
import { activateRule } from '../api/rule-api.ts';
import { useWords } from '../text/language-context.tsx';
import type { Draft } from './draft.ts';
import type { Named } from './named.ts';
import { Overtaken } from './overtaken.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { rebase } from './rebase.ts';
import type { Start } from './rule-editor.tsx';
import { Sentence } from './sentence-panel.tsx';
import { useAction } from './use-action.ts';

interface ActivationBarProps {
  draft: Draft;
  start: Start;
  newest: RuleDetail | null;
  others: readonly Named[];
  isReady: boolean;
  isChanged: boolean;
  onOpen: (source: string) => void;
  onRestart: (start: Start) => void;
  onSaved: () => void;
  onConflict: () => void;
}

type Asked = 'activate' | 'switch';

/** Puts what is written in force, with a reason; turns the rule on and off. */
export function ActivationBar(props: ActivationBarProps) {
  const { draft, start, newest, isReady, isChanged, onOpen, onRestart } = props;
  const words = useWords();
  const activation = useActivation(props);
  const { detail } = start;
  const overtaking = newest !== null && newest.version > (detail?.version ?? 0) ? newest : null;
  const switchWord = detail?.isOn === true ? words.rule.editor.turnOff : words.rule.editor.turnOn;
  const isNew = detail === null;

  return (
    <section className="activation" aria-label={words.rule.editor.activate}>
      {overtaking !== null && !isNew && (
        <Overtaken
          by={overtaking}
          onKeep={() => {
            onRestart({ source: overtaking.source, detail: overtaking });
            onOpen(rebase(start.source, draft.source, overtaking.source));
          }}
          onDrop={() => {
            onRestart({ source: overtaking.source, detail: overtaking });
            onOpen(overtaking.source);
          }}
        />
      )}
      {activation.isTaken && (
        <p role="alert" className="problem">
          {words.rule.editor.taken}
        </p>
      )}
      <div className="activation-row">
        <Buttons
          isNew={isNew}
          isChanged={isChanged}
          isBlocked={overtaking !== null}
          isReady={isReady && (isChanged || isNew)}
          switchWord={switchWord}
          onAsk={activation.ask}
          onUndo={() => onOpen(start.source)}
        />
        <output className="activation-state">
          {stateWords({ done: activation.done, isReady, isChanged, isNew }, words)}
        </output>
      </div>
      <Dialogs {...props} activation={activation} switchWord={switchWord} />
    </section>
  );
}

interface ButtonsProps {
  isNew: boolean;
  isChanged: boolean;
  isBlocked: boolean;
  isReady: boolean;
  switchWord: string;
  onAsk: (what: Asked) => void;
  onUndo: () => void;
}

function Buttons(props: ButtonsProps) {
  const { isNew, isChanged, isBlocked, isReady, switchWord, onAsk, onUndo } = props;
  const words = useWords();
  return (
    <>
      <Button isDisabled={!isReady || isBlocked} onPress={() => onAsk('activate')}>
        {words.rule.editor.activate}
      </Button>
      {!isNew && isChanged && (
        <Button variant="secondary" onPress={onUndo}>
          {words.rule.editor.undo}
        </Button>
      )}
      {!isNew && (
        <Button variant="secondary" isDisabled={isBlocked} onPress={() => onAsk('switch')}>
          {switchWord}
        </Button>
      )}
    </>
  );
}

interface DialogsProps extends ActivationBarProps {
  activation: ReturnType<typeof useActivation>;
  switchWord: string;
}

function Dialogs({ activation, switchWord, draft, start, others }: DialogsProps) {
  const words = useWords();
  const { detail } = start;
  if (activation.asked === 'activate') {
    return (
      <ReasonDialog
        title={words.rule.editor.activateTitle}
        submit={words.rule.editor.activate}
        action={activation.action}
        onSubmit={(reason) => activation.put(draft.source, detail?.isOn ?? true, reason)}
        onClose={activation.close}
      >
        {draft.rule !== null && <Sentence rule={draft.rule} others={others} />}
      </ReasonDialog>
    );
  }
  if (activation.asked === null || detail === null) return null;
  return (
    <ReasonDialog
      title={switchWord}
      submit={switchWord}
      action={activation.action}
      onSubmit={(reason) => activation.put(detail.source, !detail.isOn, reason)}
      onClose={activation.close}
    />
  );
}

function useActivation(props: ActivationBarProps) {
  const { draft, start, onOpen, onRestart, onSaved, onConflict } = props;
  const { detail } = start;
  const words = useWords();
  const navigate = useNavigate();
  const action = useAction();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [done, setDone] = useState('');
  const [isTaken, setTaken] = useState(false);

  async function put(source: string, isOn: boolean, reason: string): Promise<boolean> {
    const id = detail?.id ?? draft.rule?.id ?? '';
    const basedOn = detail?.version ?? null;
    return action.run(async () => {
      settle(await activateRule(id, { source, isOn, reason, basedOn }));
    }, takeConflict);
  }

  /** Somebody else was first: who it was is shown as soon as the newest version is here. */
  function takeConflict(error: ApiError): boolean {
    if (error.status !== 409) return false;
    setAsked(null);
    setTaken(detail === null);
    onConflict();
    return true;
  }

  function settle(fresh: RuleDetail): void {
    if (detail === null) {
      onSaved();
      void navigate(`/rules/${fresh.id}`, { replace: true });
      return;
    }
    onRestart({ source: fresh.source, detail: fresh });
    if (asked === 'activate') onOpen(fresh.source);
    const switched = fresh.isOn ? words.rule.editor.turnedOn : words.rule.editor.turnedOff;
    setDone(asked === 'switch' ? switched : words.rule.editor.activated(fresh.version));
  }

  return {
    action,
    asked,
    done,
    isTaken,
    put,
    ask: (what: Asked) => {
      setTaken(false);
      action.clear();
      setAsked(what);
    },
    close: () => setAsked(null),
  };
}

interface State {
  done: string;
  isReady: boolean;
  isChanged: boolean;
  isNew: boolean;
}

function stateWords(
  { done, isReady, isChanged, isNew }: State,
  words: ReturnType<typeof useWords>,
): string {
  if (!isReady) return words.rule.editor.notYet;
  if (isChanged || isNew) return words.rule.editor.unsaved;
  return done === '' ? words.rule.editor.noChange : done;
}
