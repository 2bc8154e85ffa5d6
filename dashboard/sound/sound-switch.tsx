import { useWords } from '../text/language-context.tsx';
import { useSound } from './sound-context.tsx';
import { SoundMark } from './sound-mark.tsx';

import './sound.css';

/** Always shows whether alerts are heard here, and turns that about. */
export function SoundSwitch() {
  const words = useWords();
  const { state, turn } = useSound();
  const isOn = state === 'on';
  return (
    <button
      type="button"
      className="sound-switch"
      data-state={state}
      aria-label={`${words.sound[state]}. ${isOn ? words.sound.turnOff : words.sound.turnOn}`}
      onClick={() => turn(isOn ? 'off' : 'on')}
    >
      <SoundMark isOn={isOn} />
      <span aria-hidden="true">{words.sound[state]}</span>
    </button>
  );
}
