import { useWords } from '../text/language-context.tsx';
import { linesOf } from './diff-line.ts';

const signs = { added: '+', removed: '−', same: ' ' } as const;

/** A change of a rule's text: what went and what came, told by sign as well as by colour. */
export function TextDiff({ before, after }: { before: string; after: string }) {
  const words = useWords();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lines are reached by the arrow keys.
    <ol className="text-diff" tabIndex={0} aria-label={words.rule.history.diff}>
      {linesOf(before, after).map(({ text, change }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a line is its place.
        <li key={index} data-change={change}>
          <span aria-hidden="true">{signs[change]} </span>
          {change !== 'same' && (
            <span className="visually-hidden">{words.rule.history[change]}: </span>
          )}
          {change === 'removed' ? <del>{text}</del> : change === 'added' ? <ins>{text}</ins> : text}
        </li>
      ))}
    </ol>
  );
}
