import { Radio, RadioGroup } from '@midas-ds/components/radio';

import { severities, type Severity } from '../../gateway/protocol/alert.ts';
import { useWords } from '../text/language-context.tsx';
import { AimParts, MoreParts } from './aim-parts.tsx';
import { useDraftForm, useField } from './draft-context.tsx';
import { fieldAt } from './draft.ts';
import {
  CheckPart,
  DurationPart,
  ListPart,
  NumberPart,
  OptionalPart,
  TextPart,
  useEventTypes,
} from './field.tsx';
import type { Named } from './named.ts';
import { ParameterParts } from './parameter-parts.tsx';
import type { FieldPath } from './rule-yaml.ts';
import { SeverityWords } from './severity-words.tsx';
import { SilenceParts } from './silence-parts.tsx';
import { WindowPart } from './window-part.tsx';

interface RuleFormProps {
  isNew: boolean;
  others: readonly Named[];
}

/** A rule as fields; what they set is set in the text beside them. */
export function RuleForm({ isNew, others }: RuleFormProps) {
  const words = useWords();
  const { draft } = useDraftForm();
  const isSilence = fieldAt(draft.fields, ['absence']) !== undefined;
  return (
    <form
      className="rule-form"
      aria-label={words.rule.editor.form}
      onSubmit={(event) => event.preventDefault()}
    >
      <TextParts isNew={isNew} />
      <fieldset>
        <legend>{words.rule.form.severity}</legend>
        <SeverityPart path={['severity']} label={words.rule.form.severity} />
      </fieldset>
      <fieldset>
        <legend>{words.rule.form.what}</legend>
        <KindPart />
        {isSilence ? <SilenceParts /> : <HappeningParts />}
      </fieldset>
      <fieldset>
        <legend>{words.rule.form.when}</legend>
        <WindowPart />
        {!isSilence && <WaitParts />}
      </fieldset>
      <EndParts isSilence={isSilence} />
      <ParameterParts />
      <fieldset>
        <legend>{words.rule.form.more}</legend>
        {!isSilence && <WorsenPart />}
        <MoreParts isSilence={isSilence} others={others} />
        <AimParts />
      </fieldset>
    </form>
  );
}

function TextParts({ isNew }: { isNew: boolean }) {
  const { form } = useWords().rule;
  return (
    <fieldset>
      <legend>{form.texts}</legend>
      {isNew && <TextPart path={['id']} label={form.id} />}
      <div className="field-pair">
        <TextPart path={['title', 'sv']} label={form.titleSv} />
        <TextPart path={['title', 'en']} label={form.titleEn} />
      </div>
      <div className="field-pair">
        <TextPart path={['action', 'sv']} label={form.actionSv} isLong isOptional />
        <TextPart path={['action', 'en']} label={form.actionEn} isLong isOptional />
      </div>
    </fieldset>
  );
}

function SeverityPart({ path, label }: { path: FieldPath; label: string }) {
  const { text, set, isDisabled, isInvalid, errorMessage } = useField(path);
  return (
    <RadioGroup
      className="severity-choice"
      aria-label={label}
      orientation="horizontal"
      value={text}
      isDisabled={isDisabled}
      isInvalid={isInvalid}
      errorMessage={errorMessage}
      onChange={set}
    >
      {severities.map((severity: Severity) => (
        <Radio key={severity} value={severity}>
          <SeverityWords severity={severity} />
        </Radio>
      ))}
    </RadioGroup>
  );
}

/** What only one of the two kinds may have is taken away with it. */
const ofHappening = ['on', 'for', 'unless', 'clearedBy', 'count', 'then', 'cooldown'] as const;

function KindPart() {
  const { form } = useWords().rule;
  const { draft, fill, isDisabled } = useDraftForm();
  const isSilence = fieldAt(draft.fields, ['absence']) !== undefined;
  return (
    <RadioGroup
      className="inline-choice"
      orientation="horizontal"
      label={form.kind}
      value={isSilence ? 'silence' : 'happening'}
      isDisabled={isDisabled}
      onChange={(kind) => {
        if (kind === 'silence')
          fill(...ofHappening.map((key) => [[key], undefined] as const), [
            ['absence'],
            { of: ['motion.detected'], for: '12h' },
          ]);
        else fill([['absence'], undefined], [['on'], 'door.opened']);
      }}
    >
      <Radio value="happening">{form.happening}</Radio>
      <Radio value="silence">{form.silence}</Radio>
    </RadioGroup>
  );
}

function HappeningParts() {
  const { form } = useWords().rule;
  const types = useEventTypes();
  return (
    <>
      <ListPart path={['on']} label={form.on} options={types} />
      <TextPart path={['where']} label={form.where} description={form.whereAbout} isOptional />
      <OptionalPart path={['count']} label={form.repeat} initial={{ times: 3, within: '1h' }}>
        <NumberPart path={['count', 'times']} label={form.times} isWhole />
        <DurationPart path={['count', 'within']} label={form.within} />
      </OptionalPart>
    </>
  );
}

function WaitParts() {
  const { form } = useWords().rule;
  const types = useEventTypes();
  const unless = useField(['unless']);
  return (
    <>
      <OptionalPart path={['for']} label={form.wait} initial="2m">
        <DurationPart path={['for']} label={form.for} />
        <ListPart path={['unless']} label={form.unless} options={types} isOptional />
      </OptionalPart>
      {unless.isInvalid && <p className="problem">{unless.errorMessage}</p>}
    </>
  );
}

function EndParts({ isSilence }: { isSilence: boolean }) {
  const { form } = useWords().rule;
  const types = useEventTypes();
  const { draft } = useDraftForm();
  const per = useField(['per']);
  const clearedBy = useField(['clearedBy']);
  return (
    <fieldset>
      <legend>{form.end}</legend>
      {!isSilence && (
        <ListPart
          path={['clearedBy']}
          label={form.clearedBy}
          description={form.clearedByAbout}
          options={types}
          isOptional
        />
      )}
      {(isSilence || clearedBy.isThere) && (
        <CheckPart path={['leavesWhenCleared']} label={form.leaves} />
      )}
      <RadioGroup
        className="inline-choice"
        orientation="horizontal"
        label={form.per}
        value={per.text === '' ? (draft.rule?.per ?? 'device') : per.text}
        isDisabled={per.isDisabled}
        isInvalid={per.isInvalid}
        errorMessage={per.errorMessage}
        onChange={per.set}
      >
        <Radio value="device">{form.pers.device}</Radio>
        <Radio value="home">{form.pers.home}</Radio>
        <Radio value="resident">{form.pers.resident}</Radio>
      </RadioGroup>
    </fieldset>
  );
}

function WorsenPart() {
  const { form } = useWords().rule;
  const types = useEventTypes();
  return (
    <OptionalPart
      path={['then']}
      label={form.worsen}
      initial={{ no: ['motion.detected'], within: '60s', severity: 'emergency' }}
    >
      <ListPart path={['then', 'no']} label={form.no} options={types} />
      <DurationPart path={['then', 'within']} label={form.thenWithin} />
      <p className="field-label" aria-hidden="true">
        {form.thenSeverity}
      </p>
      <SeverityPart path={['then', 'severity']} label={form.thenSeverity} />
    </OptionalPart>
  );
}
