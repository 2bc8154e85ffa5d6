import { useWords } from '../text/language-context.tsx';
import type { Screen } from './screen.ts';

interface ProgressProps {
  screen: Screen;
  screens: readonly Screen[];
}

/** How far one has come, in words and in parts of a line. */
export function Progress({ screen, screens }: ProgressProps) {
  const { install } = useWords();
  const at = screens.indexOf(screen);
  const names: Record<Screen, string> = {
    device: install.device.step,
    placement: install.placement.step,
    secret: install.secret.step,
    'first-message': install.message.step,
    tests: install.test.step,
    alarm: install.alarm.step,
    signature: install.sign.step,
  };
  return (
    <div className="install-progress">
      <p>
        <strong>{install.progress(at + 1, screens.length)}</strong> {names[screen]}
      </p>
      <ol aria-hidden="true">
        {screens.map((one, index) => (
          <li key={one} data-done={index <= at || undefined} />
        ))}
      </ol>
    </div>
  );
}
