import { Button } from '@midas-ds/components/button';
import { Checkbox } from '@midas-ds/components/checkbox';
import { useEffect, useId, useRef, useState } from 'react';

import { type RuleImportPreview, RulePackage } from '../../gateway/protocol/rule/rule-api.ts';
import { importRules, previewImport } from '../api/rule-api.ts';
import { exactTime } from '../clock/exact.ts';
import { useMe } from '../session/session-context.tsx';
import { useSpeech, useWords } from '../text/language-context.tsx';
import type { Named } from './named.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { ruleOf } from './rule-text.ts';
import { Sentence } from './sentence-panel.tsx';
import { TextDiff } from './text-diff.tsx';
import { useAction } from './use-action.ts';

interface ImportSectionProps {
  others: readonly Named[];
  onImported: () => void;
}

interface Opened {
  file: RulePackage;
  preview: RuleImportPreview;
}

/** Reads a signed file, shows what it would change, and takes in what is chosen of it. */
export function ImportSection({ others, onImported }: ImportSectionProps) {
  const words = useWords();
  const { exchange } = words.rule;
  const id = useId();
  const action = useAction();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [isBad, setBad] = useState(false);
  const [done, setDone] = useState('');

  async function open(chosen: File | undefined) {
    setOpened(null);
    setDone('');
    action.clear();
    if (chosen === undefined) return;
    const file = readPackage(await chosen.text());
    setBad(file === null);
    if (file === null) return;
    await action.run(async () => setOpened({ file, preview: await previewImport(file) }));
  }

  return (
    <section aria-labelledby="import">
      <h2 id="import">{exchange.import}</h2>
      <p>{exchange.importAbout}</p>
      <div className="file-field">
        <label htmlFor={id}>{exchange.file}</label>
        <input
          id={id}
          type="file"
          accept="application/json,.json"
          aria-invalid={isBad}
          aria-describedby={`${id}-problem`}
          onChange={(event) => void open(event.target.files?.[0])}
        />
        <p id={`${id}-problem`} role="alert" className="problem">
          {isBad ? exchange.badFile : opened === null ? action.problem : null}
        </p>
      </div>
      <output>{done}</output>
      {opened !== null && (
        <Preview
          key={opened.file.signature.value}
          opened={opened}
          others={others}
          onImported={(count) => {
            setOpened(null);
            setDone(exchange.imported(count));
            onImported();
          }}
        />
      )}
    </section>
  );
}

function readPackage(text: string): RulePackage | null {
  try {
    const read = RulePackage.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

interface PreviewProps {
  opened: Opened;
  others: readonly Named[];
  onImported: (count: number) => void;
}

function Preview({ opened: { file, preview }, others, onImported }: PreviewProps) {
  const { words } = useSpeech();
  const { exchange } = words.rule;
  const me = useMe();
  const action = useAction();
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => top.current?.focus(), []);
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    preview.rules.filter(({ change }) => change !== 'same').map(({ id }) => id),
  );
  const [isAsked, setAsked] = useState(false);
  const toggle = (id: string, isIn: boolean) =>
    setChosen((before) => (isIn ? [...before, id] : before.filter((one) => one !== id)));
  return (
    <div className="import-preview">
      <h3 ref={top} tabIndex={-1}>
        {exchange.from} {preview.municipality.name}
      </h3>
      <dl className="facts">
        <div>
          <dt>{exchange.exportedAt}</dt>
          <dd>{exactTime(preview.exportedAt, words.locale, me.municipality.timeZone)}</dd>
        </div>
        <div>
          <dt>{exchange.fingerprint}</dt>
          <dd>
            <code>{preview.fingerprint}</code>
          </dd>
        </div>
      </dl>
      <p className={preview.isKnownKey ? undefined : 'form-locked'}>
        {preview.isKnownKey ? exchange.known : `${exchange.unknown} ${exchange.compare}`}
      </p>
      <h4>{exchange.take}</h4>
      <ul className="rows">
        {preview.rules.map((rule) => (
          <li key={rule.id}>
            <PreviewRule
              rule={rule}
              others={others}
              isChosen={chosen.includes(rule.id)}
              onToggle={(isIn) => toggle(rule.id, isIn)}
            />
          </li>
        ))}
      </ul>
      {chosen.length === 0 && <p className="field-note">{exchange.pick}</p>}
      <Button isDisabled={chosen.length === 0} onPress={() => setAsked(true)}>
        {exchange.submit(chosen.length)}
      </Button>
      {isAsked && (
        <ReasonDialog
          title={exchange.submit(chosen.length)}
          submit={exchange.submit(chosen.length)}
          action={action}
          onClose={() => setAsked(false)}
          onSubmit={(reason) =>
            action.run(async () => {
              await importRules({ package: file, ids: [...chosen], reason });
              onImported(chosen.length);
            })
          }
        />
      )}
    </div>
  );
}

interface PreviewRuleProps {
  rule: RuleImportPreview['rules'][number];
  others: readonly Named[];
  isChosen: boolean;
  onToggle: (isChosen: boolean) => void;
}

function PreviewRule({ rule, others, isChosen, onToggle }: PreviewRuleProps) {
  const { words, say } = useSpeech();
  const read = ruleOf(rule.after);
  return (
    <>
      <Checkbox isSelected={isChosen} isDisabled={rule.change === 'same'} onChange={onToggle}>
        {`${say(rule.title)} (${words.rule.exchange.change[rule.change]})`}
      </Checkbox>
      {read !== null && <Sentence rule={read} others={others} />}
      {rule.change !== 'same' && (
        <details>
          <summary>
            {words.rule.history.diff}
            <span className="visually-hidden">: {say(rule.title)}</span>
          </summary>
          <TextDiff before={rule.before ?? ''} after={rule.after} />
        </details>
      )}
    </>
  );
}
