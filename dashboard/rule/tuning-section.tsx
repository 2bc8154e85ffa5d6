import { Button } from '@midas-ds/components/button';
import { ListBoxItem } from '@midas-ds/components/list-box';
import { Select } from '@midas-ds/components/select';
import { useCallback, useState, type SyntheticEvent } from 'react';

import { isDurationKey, ParameterKey } from '../../gateway/protocol/rule/parameter.ts';
import type { Rule } from '../../gateway/protocol/rule/rule.ts';
import { settingName, settingValue } from '../../gateway/protocol/rule/sentence-setting.ts';
import { parameterKeysOf } from '../../gateway/protocol/rule/setting.ts';
import { startTuning } from '../api/backtest-api.ts';
import { useLive } from '../stream/live-context.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { useDraftForm } from './draft-context.tsx';
import { durationText, type Draft } from './draft.ts';
import { firstPeriod, PeriodFields, requestOf } from './period.tsx';
import { pathOf } from './setting-path.ts';
import { TrialProgress } from './trial-progress.tsx';
import { TuningCurve } from './tuning-curve.tsx';
import { useBacktest } from './use-backtest.ts';

interface TuningSectionProps {
  draft: Draft;
  isReady: boolean;
}

/** How many alerts each value of one parameter would have given, so that one sees where the quiet begins. */
export function TuningSection({ draft, isReady }: TuningSectionProps) {
  const { words, language } = useSpeech();
  const live = useLive();
  const { fill } = useDraftForm();
  const trial = useBacktest();
  const [period, setPeriod] = useState(firstPeriod);
  const [wanted, setWanted] = useState<ParameterKey | null>(null);
  const [tried, setTried] = useState<{ rule: Rule; key: ParameterKey; days: number } | null>(null);
  const [used, setUsed] = useState('');
  const keys = draft.rule === null ? [] : parameterKeysOf(draft.rule);
  const key = keys.find((one) => one === wanted) ?? keys[0];

  async function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    const { source, rule } = draft;
    if (key === undefined || rule === null) return;
    setTried({ rule, key, days: period.days });
    setUsed('');
    const asked = { source, parameter: key, ...requestOf(period, live.clock.now()) };
    await trial.start(() => startTuning(asked));
  }

  const onUse = useCallback(
    (value: number) => {
      if (tried === null) return;
      const { rule, key: tunedKey } = tried;
      fill([pathOf(tunedKey), isDurationKey(tunedKey) ? durationText(value) : value]);
      setUsed(words.backtest.used(settingValue(rule, tunedKey, value, language)));
    },
    [tried, fill, words, language],
  );

  const tuning = trial.backtest?.state === 'done' ? trial.backtest.tuning : null;
  return (
    <section aria-labelledby="tuning">
      <h2 id="tuning">{words.backtest.tuning}</h2>
      <p>{keys.length === 0 ? words.backtest.noParameters : words.backtest.tuningAbout}</p>
      {key !== undefined && draft.rule !== null && (
        <form className="trial-form" onSubmit={(event) => void submit(event)}>
          <Select
            label={words.backtest.parameter}
            value={key}
            onChange={(chosen) => setWanted(ParameterKey.parse(chosen))}
          >
            {keys.map((one) => (
              <ListBoxItem key={one} id={one}>
                {draft.rule === null ? one : settingName(draft.rule, one, language)}
              </ListBoxItem>
            ))}
          </Select>
          <PeriodFields period={period} onChange={setPeriod} />
          <Button type="submit" isDisabled={!isReady || trial.isUnderWay}>
            {words.backtest.tune}
          </Button>
        </form>
      )}
      <TrialProgress trial={trial} />
      <output>{used}</output>
      {tuning !== null && tried !== null && (
        <TuningCurve tuning={tuning} {...tried} settingKey={tried.key} onUse={onUse} />
      )}
    </section>
  );
}
