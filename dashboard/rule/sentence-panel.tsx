import type { Rule } from '../../gateway/protocol/rule/rule.ts';
import { sentenceOf } from '../../gateway/protocol/rule/sentence.ts';
import { useSpeech } from '../text/language-context.tsx';
import type { Named } from './named.ts';

interface SentencePanelProps {
  rule: Rule | null;
  others: readonly Named[];
}

/** What the rule says, as it is being written. */
export function SentencePanel({ rule, others }: SentencePanelProps) {
  const { words } = useSpeech();
  return (
    <section className="sentence-panel" aria-labelledby="sentence">
      <h2 id="sentence">{words.rule.editor.sentence}</h2>
      {rule === null ? (
        <p className="label">{words.rule.editor.noSentence}</p>
      ) : (
        <Sentence rule={rule} others={others} />
      )}
    </section>
  );
}

export function Sentence({ rule, others }: { rule: Rule; others: readonly Named[] }) {
  const { say, language } = useSpeech();
  const titleOf = (id: string) => {
    const found = others.find((other) => other.id === id);
    return found === undefined ? null : say(found.title);
  };
  return <p className="sentence">{sentenceOf(rule, language, titleOf)}</p>;
}
