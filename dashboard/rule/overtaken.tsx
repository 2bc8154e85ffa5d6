import { Button } from '@midas-ds/components/button';

import type { RuleDetail } from '../../gateway/protocol/rule/rule-api.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { useWords } from '../text/language-context.tsx';

interface OvertakenProps {
  by: RuleDetail;
  onKeep: () => void;
  onDrop: () => void;
}

/** Somebody else has changed the rule meanwhile: who, when and why, and what to do about it. */
export function Overtaken({ by, onKeep, onDrop }: OvertakenProps) {
  const words = useWords();
  const name = by.author?.name ?? words.rule.editor.overtakenBySystem;
  return (
    <div role="alert" className="overtaken">
      <p>
        <strong>{words.rule.editor.overtaken(name, by.version)}</strong> <TimeAgo at={by.at} />
      </p>
      <p>{words.rule.editor.overtakenReason(by.reason)}</p>
      <div className="activation-row">
        <Button variant="secondary" onPress={onKeep}>
          {words.rule.editor.keep}
        </Button>
        <Button variant="secondary" onPress={onDrop}>
          {words.rule.editor.drop}
        </Button>
      </div>
    </div>
  );
}
