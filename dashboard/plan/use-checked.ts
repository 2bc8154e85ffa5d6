import { useEffect, useState } from 'react';

const pauseMs = 400;

export interface Checked<R> {
  /** The last answer, which may be to an earlier question; null until there is one. */
  answer: R | null;
  /** Whether the answer is to what is asked now. */
  isCurrent: boolean;
  problem: unknown;
}

/** Asks again whenever `question` changes and the writer pauses; never while it is null. `ask` must be stable. */
export function useChecked<Q, R>(
  question: Q | null,
  ask: (question: Q, signal: AbortSignal) => Promise<R>,
): Checked<R> {
  const key = question === null ? null : JSON.stringify(question);
  const [known, setKnown] = useState<{ key: string; answer: R } | null>(null);
  const [failed, setFailed] = useState<{ key: string; problem: unknown } | null>(null);
  const isFirst = known === null;
  useEffect(() => {
    if (key === null) return;
    const stopping = new AbortController();
    const timer = setTimeout(
      () => {
        ask(JSON.parse(key) as Q, stopping.signal).then(
          (answer) => {
            if (!stopping.signal.aborted) setKnown({ key, answer });
          },
          (problem: unknown) => {
            if (!stopping.signal.aborted) setFailed({ key, problem });
          },
        );
      },
      isFirst ? 0 : pauseMs,
    );
    return () => {
      clearTimeout(timer);
      stopping.abort();
    };
  }, [key, ask, isFirst]);
  const isCurrent = known !== null && known.key === key;
  return {
    answer: known?.answer ?? null,
    isCurrent,
    problem: !isCurrent && failed?.key === key ? failed.problem : null,
  };
}
