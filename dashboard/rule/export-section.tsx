import { Button } from '@midas-ds/components/button';
import { Checkbox, CheckboxGroup } from '@midas-ds/components/checkbox';
import { useState } from 'react';

import type { RuleView } from '../../gateway/protocol/rule/rule-api.ts';
import { exportRules } from '../api/rule-api.ts';
import { download } from '../chart/csv.ts';
import { useSpeech } from '../text/language-context.tsx';
import { useAction } from './use-action.ts';

/** A signed file of the rules that are chosen. */
export function ExportSection({ rules }: { rules: readonly RuleView[] }) {
  const { words, say } = useSpeech();
  const { exchange } = words.rule;
  const action = useAction();
  const [chosen, setChosen] = useState<string[]>(() => rules.map(({ id }) => id));
  const [done, setDone] = useState('');
  const [isNone, setNone] = useState(false);

  async function send() {
    setNone(chosen.length === 0);
    if (chosen.length === 0) return;
    await action.run(async () => {
      const file = await exportRules(chosen);
      const name = `vaka-rules-${file.municipality.id}.json`;
      download(name, 'application/json', `${JSON.stringify(file, null, 2)}\n`);
      setDone(exchange.exported(file.rules.length));
    });
  }

  return (
    <section aria-labelledby="export">
      <h2 id="export">{exchange.export}</h2>
      <p>{exchange.exportAbout}</p>
      <CheckboxGroup
        label={exchange.choose}
        showSelectAll
        value={chosen}
        isInvalid={isNone}
        errorMessage={exchange.pick}
        onChange={setChosen}
      >
        {rules.map((rule) => (
          <Checkbox key={rule.id} value={rule.id}>
            {say(rule.title)}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <p role="alert" className="problem">
        {action.problem}
      </p>
      <div className="activation-row">
        <Button isPending={action.isPending} onPress={() => void send()}>
          {exchange.download}
        </Button>
        <output>{done}</output>
      </div>
    </section>
  );
}
