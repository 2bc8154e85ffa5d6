import { Button } from '@midas-ds/components/button';
import { type ComponentType, useState } from 'react';

import type { Finding } from '../../gateway/protocol/duty/plan.ts';
import { useWords } from '../text/language-context.tsx';
import type { EntryFormProps } from './entry-form.tsx';
import { FindingList, findingsAt } from './finding-list.tsx';
import type { Names } from './names.ts';
import { type Entry, movedUp, orderOf, type Rank, rankOf } from './order.ts';
import type { PlanList } from './plan-draft.ts';

interface EntryListProps<E> {
  list: PlanList;
  entries: readonly E[];
  findings: readonly Finding[];
  /** Which fields of which entries cannot be read. */
  wrong: ReadonlyMap<string, ReadonlySet<string>>;
  mayChange: boolean;
  sentenceOf: (entry: E) => string;
  fresh: () => E;
  names: Names;
  Form: ComponentType<EntryFormProps<E>>;
  onChange: (entries: E[]) => void;
}

const nothing: ReadonlySet<string> = new Set();

/** Lines or exceptions in the order in which they win, each to read and to write. */
export function EntryList<E extends Entry>(props: EntryListProps<E>) {
  const { list, entries, findings, wrong, mayChange, sentenceOf, fresh } = props;
  const { names, Form, onChange } = props;
  const words = useWords().plan;
  const [open, setOpen] = useState<{ index: number; rank: Rank } | null>(null);
  const order = orderOf(entries, open);
  const set = (index: number, entry: E) => onChange(entries.with(index, entry));
  return (
    <>
      {entries.length === 0 && (
        <p>{list === 'lines' ? words.plan.noLines : words.plan.noExceptions}</p>
      )}
      <ol className="rows entry-list">
        {order.map(({ index, rank }, position) => {
          const entry = entries[index];
          if (entry === undefined) return null;
          const isOpen = open?.index === index;
          const fields = wrong.get(`${list}.${index}`) ?? nothing;
          const sentence = sentenceOf(entry);
          const isHead = position === 0 || order[position - 1]?.rank !== rank;
          return (
            <li key={index} data-head={isHead || undefined}>
              {isHead && <p className="entry-rank">{words.plan.ranks[rank]}</p>}
              <div className="entry-top">
                <p>
                  <span className="count">{position + 1}</span> <strong>{sentence}</strong>
                </p>
                {mayChange && (
                  <EntryButtons
                    sentence={sentence}
                    isOpen={isOpen}
                    isFirst={isHead}
                    onToggle={() => setOpen(isOpen ? null : { index, rank: rankOf(entry) })}
                    onUp={() => {
                      setOpen(null);
                      onChange(movedUp(entries, index));
                    }}
                    onRemove={() => {
                      setOpen(null);
                      onChange(entries.toSpliced(index, 1));
                    }}
                  />
                )}
              </div>
              <FindingList findings={findingsAt(findings, [list, index])} />
              {(isOpen || fields.size > 0) && mayChange && (
                <Form
                  entry={entry}
                  names={names}
                  wrong={fields}
                  onChange={(next) => set(index, next)}
                />
              )}
            </li>
          );
        })}
      </ol>
      {mayChange && (
        <Button
          variant="secondary"
          className="add-button"
          onPress={() => {
            const entry = fresh();
            onChange([...entries, entry]);
            setOpen({ index: entries.length, rank: rankOf(entry) });
          }}
        >
          {list === 'lines' ? words.plan.addLine : words.plan.addException}
        </Button>
      )}
    </>
  );
}

interface EntryButtonsProps {
  sentence: string;
  isOpen: boolean;
  /** Nothing of its rank stands above it. */
  isFirst: boolean;
  onToggle: () => void;
  onUp: () => void;
  onRemove: () => void;
}

function EntryButtons(props: EntryButtonsProps) {
  const { sentence, isOpen, isFirst, onToggle, onUp, onRemove } = props;
  const words = useWords().plan;
  return (
    <div className="activation-row">
      <Button
        variant="secondary"
        size="medium"
        aria-expanded={isOpen}
        aria-label={isOpen ? `${words.ready}: ${sentence}` : words.changeOf(sentence)}
        onPress={onToggle}
      >
        {isOpen ? words.ready : words.change}
      </Button>
      {!isFirst && (
        <Button
          variant="secondary"
          size="medium"
          aria-label={words.moveUpOf(sentence)}
          onPress={onUp}
        >
          {words.moveUp}
        </Button>
      )}
      <Button
        variant="secondary"
        size="medium"
        aria-label={words.removeOf(sentence)}
        onPress={onRemove}
      >
        {words.remove}
      </Button>
    </div>
  );
}
