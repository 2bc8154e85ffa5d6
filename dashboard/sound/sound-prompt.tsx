import { useWords } from '../text/language-context.tsx';
import { useSound } from './sound-context.tsx';
import { SoundMark } from './sound-mark.tsx';

/** Silence is a state to be seen: asks for the gesture that sound needs, or says that it is off. */
export function SoundPrompt() {
  const words = useWords();
  const { state, turn } = useSound();
  if (state === 'on') return null;
  return (
    <section className="sound-prompt" data-state={state} aria-label={words.sound[state]}>
      <p>{state === 'locked' ? words.sound.unlockWhy : words.sound.offWarning}</p>
      <button type="button" onClick={() => turn('on')}>
        <SoundMark isOn />
        {state === 'locked' ? words.sound.unlock : words.sound.turnOn}
      </button>
    </section>
  );
}
