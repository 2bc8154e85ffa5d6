import { Button } from '@midas-ds/components/button';
import { TextArea } from '@midas-ds/components/textfield';
import { useId, useState } from 'react';
import { DropZone, isFileDropItem } from 'react-aria-components';

import type { RosterImported } from '../../gateway/protocol/duty/roster.ts';
import { readRoster } from '../api/plan-api.ts';
import { useAction } from '../rule/use-action.ts';
import { useWords } from '../text/language-context.tsx';
import { formatOf } from './file-format.ts';
import { ImportPreview } from './import-preview.tsx';
import { useRoster } from './roster-context.tsx';

const longest = 1_000_000;

/** Takes in a roster from elsewhere: read first, shown, and then added. */
export function ImportSection() {
  const { roster } = useWords().plan;
  const { unit } = useRoster();
  const id = useId();
  const action = useAction();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState('');
  const [found, setFound] = useState<RosterImported | null>(null);
  const [done, setDone] = useState('');

  async function read(content: string) {
    setFound(null);
    setDone('');
    action.clear();
    const unfit = content.trim() === '' ? roster.empty : roster.tooBig;
    const isFit = content.trim() !== '' && content.length <= longest;
    setProblem(isFit ? '' : unfit);
    if (!isFit) return;
    await action.run(async () =>
      setFound(await readRoster(unit.id, { format: formatOf(content), text: content })),
    );
  }

  async function open(file: File | undefined) {
    if (file !== undefined) await read(await file.text());
  }

  return (
    <section aria-labelledby="import">
      <h2 id="import">{roster.import}</h2>
      <p className="page-about">{roster.importAbout}</p>
      <DropZone
        className="drop-zone"
        aria-label={roster.drop}
        onDrop={({ items }) => {
          const item = items.find(isFileDropItem);
          if (item !== undefined) void item.getFile().then(open);
        }}
      >
        <div className="file-field">
          <label htmlFor={id}>{roster.file}</label>
          <input
            id={id}
            type="file"
            accept=".csv,.ics,.txt,text/csv,text/calendar"
            aria-describedby={`${id}-problem`}
            onChange={(event) => void open(event.target.files?.[0])}
          />
        </div>
      </DropZone>
      <TextArea label={roster.paste} value={text} onChange={setText} />
      <Button
        variant="secondary"
        className="add-button"
        isPending={action.isPending}
        onPress={() => void read(text)}
      >
        {roster.read}
      </Button>
      <p id={`${id}-problem`} role="alert" className="problem">
        {problem === '' ? action.problem : problem}
      </p>
      <output>{done}</output>
      {found !== null && (
        <ImportPreview
          found={found}
          onCancel={() => setFound(null)}
          onAdded={(count) => {
            setFound(null);
            setText('');
            setDone(roster.imported(count));
          }}
        />
      )}
    </section>
  );
}
