import { Button } from '@midas-ds/components/button';
import { useState } from 'react';

interface CopyButtonProps {
  text: string;
  words: { copy: string; copied: string; copyFailed: string };
}

/** Copies, and says whether it did. */
export function CopyButton({ text, words }: CopyButtonProps) {
  const [told, setTold] = useState('');
  const copy = () => {
    // Without a secure origin a browser has no clipboard for us.
    if (!('clipboard' in navigator)) {
      setTold(words.copyFailed);
      return;
    }
    navigator.clipboard.writeText(text).then(
      () => setTold(words.copied),
      () => setTold(words.copyFailed),
    );
  };
  return (
    <>
      <Button onPress={copy}>{words.copy}</Button>
      <output>{told}</output>
    </>
  );
}
