import { Checkbox } from '@midas-ds/components/checkbox';
import { ListBoxItem } from '@midas-ds/components/list-box';
import { Select } from '@midas-ds/components/select';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';

import { isDurationKey, type ParameterKey } from '../../gateway/protocol/rule/parameter.ts';
import type { OverrideView } from '../../gateway/protocol/rule/rule-api.ts';
import type { Rule } from '../../gateway/protocol/rule/rule.ts';
import { settingName, settingValue } from '../../gateway/protocol/rule/sentence-setting.ts';
import { boundsOf, parameterKeysOf, valueOf } from '../../gateway/protocol/rule/setting.ts';
import { fetchHomes } from '../api/home-api.ts';
import { changeOverride } from '../api/rule-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { durationUnits, splitDuration } from './draft.ts';
import { timeInput } from './field.tsx';
import { overrideOf, wishOf, type OverrideWish, type WishProblem } from './override-wish.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { useAction } from './use-action.ts';

interface OverrideDialogProps {
  ruleId: string;
  rule: Rule;
  /** What is changed; null to give a home its first. */
  view: OverrideView | null;
  onClose: () => void;
  onDone: (homeLabel: string) => void;
}

const refreshMs = 3_600_000;

/** Gives a home values of its own, within the rule's bounds. */
export function OverrideDialog({ ruleId, rule, view, onClose, onDone }: OverrideDialogProps) {
  const { words, language } = useSpeech();
  const action = useAction();
  const [wish, setWish] = useState(() => wishOf(rule, view?.override ?? null));
  const [home, setHome] = useState(view?.home ?? null);
  const [problem, setProblem] = useState<WishProblem | 'no-home' | null>(null);

  async function save(reason: string): Promise<boolean> {
    const read = overrideOf(rule, wish);
    setProblem(home === null ? 'no-home' : read.ok ? null : read.problem);
    if (home === null || !read.ok) return false;
    return action.run(async () => {
      await changeOverride({ ruleId, homeId: home.id, override: read.override, reason });
      onDone(home.label);
    });
  }

  const explained = problem === null ? null : explainWish(problem, rule, words, language);
  return (
    <ReasonDialog
      title={view === null ? words.rule.own.add : words.rule.own.between(view.home.label)}
      submit={words.rule.own.save}
      action={action}
      onSubmit={save}
      onClose={onClose}
    >
      {view === null && <HomeChoice isMissing={problem === 'no-home'} onChoose={setHome} />}
      <Checkbox
        isSelected={wish.isOff}
        onChange={(isOff) => setWish((before) => ({ ...before, isOff }))}
      >
        {words.rule.own.off}
      </Checkbox>
      {!wish.isOff && (
        <>
          {parameterKeysOf(rule).map((key) => (
            <OwnValue
              key={key}
              rule={rule}
              settingKey={key}
              text={wish.values[key] ?? ''}
              onType={(text) =>
                setWish((before) => ({ ...before, values: { ...before.values, [key]: text } }))
              }
            />
          ))}
          {rule.during !== undefined && (
            <OwnWindow during={rule.during} wish={wish} onWish={setWish} />
          )}
        </>
      )}
      <p role="alert" className="problem">
        {explained}
      </p>
    </ReasonDialog>
  );
}

interface HomeChoiceProps {
  isMissing: boolean;
  onChoose: (home: { id: string; label: string }) => void;
}

function HomeChoice({ isMissing, onChoose }: HomeChoiceProps) {
  const words = useWords();
  const { data } = useFetched(fetchHomes, 0, refreshMs);
  const homes = data ?? [];
  return (
    <Select
      label={words.rule.own.home}
      placeholder={words.rule.form.choose}
      isInvalid={isMissing}
      errorMessage={words.rule.own.pickHome}
      onChange={(id) => {
        const found = homes.find((home) => home.id === id);
        if (found !== undefined) onChoose({ id: found.id, label: found.label });
      }}
    >
      {homes.map((home) => (
        <ListBoxItem key={home.id} id={home.id}>
          {home.label}
        </ListBoxItem>
      ))}
    </Select>
  );
}

interface OwnValueProps {
  rule: Rule;
  settingKey: ParameterKey;
  text: string;
  onType: (text: string) => void;
}

function OwnValue({ rule, settingKey, text, onType }: OwnValueProps) {
  const { words, language } = useSpeech();
  const value = valueOf(rule, settingKey) ?? 0;
  const bounds = boundsOf(rule, settingKey);
  const said = (number: number) => settingValue(rule, settingKey, number, language);
  const name = words.rule.own.ownValue(settingName(rule, settingKey, language));
  const range =
    bounds === null ? '' : ` ${words.rule.form.between(said(bounds.min), said(bounds.max))}`;
  const description = words.rule.own.ruleHas(said(value)) + range;
  const field = (shown: string, onChange: (typed: string) => void) => (
    <TextField
      className="number-field"
      inputMode="decimal"
      autoComplete="off"
      label={name}
      description={description}
      value={shown}
      onChange={onChange}
    />
  );
  if (!isDurationKey(settingKey)) return field(text, onType);
  const { count, unit } = splitDuration(text);
  return (
    <div className="duration-part">
      {field(count, (typed) => onType(typed.trim() === '' ? '' : `${typed.trim()}${unit}`))}
      <Select
        aria-label={`${name}: ${words.rule.form.unit}`}
        value={unit}
        isDisabled={count === ''}
        onChange={(chosen) => onType(`${count}${String(chosen)}`)}
      >
        {durationUnits.map((one) => (
          <ListBoxItem key={one} id={one}>
            {words.rule.form.units[one]}
          </ListBoxItem>
        ))}
      </Select>
    </div>
  );
}

interface OwnWindowProps {
  during: NonNullable<Rule['during']>;
  wish: OverrideWish;
  onWish: (wish: OverrideWish) => void;
}

function OwnWindow({ during, wish, onWish }: OwnWindowProps) {
  const { form, own } = useWords().rule;
  const { window } = wish;
  return (
    <>
      <Checkbox
        isSelected={window !== null}
        onChange={(isOwn) =>
          onWish({ ...wish, window: isOwn ? { from: during.from, to: during.to } : null })
        }
      >
        {own.window}
      </Checkbox>
      {window !== null && (
        <div className="field-pair">
          <TextField
            {...timeInput}
            label={form.from}
            value={window.from}
            onChange={(from) => onWish({ ...wish, window: { ...window, from } })}
          />
          <TextField
            {...timeInput}
            label={form.to}
            value={window.to}
            onChange={(to) => onWish({ ...wish, window: { ...window, to } })}
          />
        </div>
      )}
    </>
  );
}

function explainWish(
  problem: WishProblem | 'no-home',
  rule: Rule,
  words: ReturnType<typeof useSpeech>['words'],
  language: ReturnType<typeof useSpeech>['language'],
): string {
  const { own } = words.rule;
  if (problem === 'no-home') return own.pickHome;
  switch (problem.what) {
    case 'nothing':
      return own.nothing;
    case 'window':
      return words.rule.mend('during', own.window);
    case 'unreadable':
      return own.unreadable(settingName(rule, problem.key, language));
    case 'outside':
      return own.outside(settingName(rule, problem.key, language));
  }
}
