import { Button } from '@midas-ds/components/button';

import type { BridgeConfiguration } from '../../gateway/protocol/device/hub.ts';
import { download } from '../chart/csv.ts';
import { CopyButton } from '../device/copy-button.tsx';
import { ShownOnce } from '../device/shown-once.tsx';
import { useSpeech } from '../text/language-context.tsx';

interface BridgeResultProps {
  made: BridgeConfiguration;
  onClose: () => void;
}

/** A configuration to copy, download or read as a code; it holds a secret and is gone when this is closed. */
export function BridgeResult({ made, onClose }: BridgeResultProps) {
  const { words, say } = useSpeech();
  const said = words.hub;
  return (
    <div className="dialog-form">
      <ShownOnce>{said.once}</ShownOnce>
      <section aria-labelledby="bridge-steps" className="bridge-part">
        <h3 id="bridge-steps">{said.steps}</h3>
        <ol className="bridge-steps">
          {made.steps.map((step) => (
            <li key={step.en}>{say(step)}</li>
          ))}
        </ol>
      </section>
      <section aria-labelledby="bridge-text" className="bridge-part">
        <h3 id="bridge-text">{said.text}</h3>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys. */}
        <pre className="bridge-text" tabIndex={0}>
          {made.text}
        </pre>
      </section>
      <CopyButton text={made.text} words={said} />
      <Button variant="secondary" onPress={() => download(made.fileName, 'text/plain', made.text)}>
        {said.download(made.fileName)}
      </Button>
      <img
        className="bridge-code"
        alt={said.code}
        src={`data:image/svg+xml,${encodeURIComponent(made.qrSvg)}`}
      />
      <Button variant="secondary" onPress={onClose}>
        {said.done}
      </Button>
    </div>
  );
}
