import { Button } from '@midas-ds/components/button';
import { TextArea } from '@midas-ds/components/textfield';
import { useState, type SyntheticEvent } from 'react';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import { commentOnAlert } from '../api/alert-api.ts';
import { useWords } from '../text/language-context.tsx';
import { useCommand } from './command-context.tsx';

export function CommentForm({ alert, onSaved }: { alert: AlertView; onSaved: () => void }) {
  const words = useWords();
  const command = useCommand(alert.id, 'comment');
  const [text, setText] = useState('');
  const [isEmpty, setEmpty] = useState(false);
  const [isSaved, setSaved] = useState(false);

  async function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    const comment = text.trim();
    setEmpty(comment === '');
    if (comment === '' || !(await command.run(() => commentOnAlert(alert.id, comment)))) return;
    setText('');
    setSaved(true);
    onSaved();
  }

  return (
    <form className="dialog-form" onSubmit={(event) => void submit(event)}>
      <TextArea
        label={words.alert.commentTitle}
        value={text}
        maxLength={2_000}
        isInvalid={isEmpty}
        errorMessage={words.alert.commentEmpty}
        onChange={(value) => {
          setText(value);
          setEmpty(false);
          setSaved(false);
        }}
      />
      <p role="alert" className="problem">
        {command.problem}
      </p>
      <Button type="submit" variant="secondary" isPending={command.isPending}>
        {command.isPending ? words.alert.sending : words.alert.commentSend}
      </Button>
      <output>{isSaved ? words.alert.commentSaved : ''}</output>
    </form>
  );
}
