import { patterns, type Pulse, type Sound } from './pattern.ts';

/** Plays sounds that are made here, so that no file needs to arrive for an alarm to be heard. */
export interface Player {
  isUnlocked: () => boolean;
  /** Must be called from a gesture; browsers are silent until then. */
  unlock: () => Promise<void>;
  play: (sound: Sound) => void;
  /** Called whenever it was locked or unlocked. */
  subscribe: (listener: () => void) => () => void;
}

// Five partials: IEC 60601-1-8 asks for at least four, so that the ear can tell where a sound comes from.
const partials = [0, 1, 0.6, 0.45, 0.3, 0.2];
const fadeSeconds = 0.02;
const loudness = 0.5;

export function createPlayer(): Player {
  const context = new AudioContext({ latencyHint: 'interactive' });
  const wave = context.createPeriodicWave(new Float32Array(partials.length), partials);

  function sound(pulse: Pulse, startAt: number): void {
    const from = startAt + pulse.atMs / 1_000;
    const to = from + pulse.lengthMs / 1_000;
    const oscillator = new OscillatorNode(context, { frequency: pulse.hz });
    const gain = new GainNode(context, { gain: 0 });
    oscillator.setPeriodicWave(wave);
    if (pulse.toHz !== undefined) {
      oscillator.frequency.setValueAtTime(pulse.hz, from);
      oscillator.frequency.linearRampToValueAtTime(pulse.toHz, to);
    }
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(loudness, from + fadeSeconds);
    gain.gain.setValueAtTime(loudness, to - fadeSeconds);
    gain.gain.linearRampToValueAtTime(0, to);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(from);
    oscillator.stop(to);
  }

  return {
    isUnlocked: () => context.state === 'running',
    unlock: () => context.resume(),
    play: (name) => {
      const startAt = context.currentTime + 0.05;
      for (const pulse of patterns[name]) sound(pulse, startAt);
    },
    subscribe: (listener) => {
      context.addEventListener('statechange', listener);
      return () => context.removeEventListener('statechange', listener);
    },
  };
}
