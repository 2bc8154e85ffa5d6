import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';

import { costKeys, type UsageReport } from '../../gateway/protocol/report/costs.ts';
import { writeNumber } from '../benefit/number-text.ts';
import { useWords } from '../text/language-context.tsx';
import { type CostWish, presets, readCount, readOre, readPercent, readWeights } from './wish.ts';

interface SplitFormProps {
  report: UsageReport;
  wish: CostWish;
  onChange: (wish: CostWish) => void;
}

const numberInput = {
  className: 'number-field',
  inputMode: 'decimal',
  autoComplete: 'off',
} as const;
const presetNames = ['even', 'homes', 'residents', 'mixed'] as const;

/** The cost, and how much of it is split by what. */
export function SplitForm({ report, wish, onChange }: SplitFormProps) {
  const { costs: said, locale } = useWords();
  const { total } = wish;
  return (
    <form className="benefit-form cost-form" onSubmit={(event) => event.preventDefault()}>
      <TextField
        {...numberInput}
        label={said.total}
        value={total}
        isInvalid={total !== '' && readOre(total, locale) === null}
        errorMessage={said.totalWrong}
        onChange={(typed) => onChange({ ...wish, total: typed })}
      />
      <fieldset className="cost-presets">
        <legend>{said.presets}</legend>
        {presetNames.map((name) => (
          <Button
            key={name}
            variant="secondary"
            onPress={() => onChange({ ...wish, weights: presets[name] })}
          >
            {said.preset[name]}
          </Button>
        ))}
      </fieldset>
      <Weights report={report} wish={wish} onChange={onChange} />
      {(readPercent(wish.weights.population, locale) ?? 0) > 0 && (
        <Population report={report} wish={wish} onChange={onChange} />
      )}
    </form>
  );
}

function Weights({ report, wish, onChange }: SplitFormProps) {
  const { costs: said, locale } = useWords();
  const { weights } = wish;
  const read = readWeights(weights, locale);
  const sum = read === null ? null : Object.values(read).reduce((all, one) => all + one, 0);
  return (
    <fieldset>
      <legend>{said.weights}</legend>
      {costKeys.map((key) => (
        <TextField
          key={key}
          {...numberInput}
          label={said.percentOf(said.keys[key])}
          value={weights[key]}
          isDisabled={key === 'alerts' && !report.mayShareByAlerts && weights.alerts === ''}
          isInvalid={readPercent(weights[key], locale) === null}
          errorMessage={said.percentWrong}
          onChange={(typed) => onChange({ ...wish, weights: { ...weights, [key]: typed } })}
        />
      ))}
      <output className="cost-sum">
        {sum !== null && said.sumOf(writeNumber(Math.round(sum * 100) / 100, locale))}
      </output>
    </fieldset>
  );
}

function Population({ report, wish, onChange }: SplitFormProps) {
  const { costs: said, locale } = useWords();
  const { population } = wish;
  return (
    <fieldset>
      <legend>{said.population}</legend>
      {report.items.map(({ municipality: { id, name } }) => (
        <TextField
          key={id}
          {...numberInput}
          label={said.populationOf(name)}
          value={population[id] ?? ''}
          isInvalid={readCount(population[id] ?? '', locale) === null}
          errorMessage={said.populationWrong}
          onChange={(typed) => onChange({ ...wish, population: { ...population, [id]: typed } })}
        />
      ))}
    </fieldset>
  );
}
