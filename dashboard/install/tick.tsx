/** A ring that waits, and a tick when it has come; decorative, the words stand beside it. */
export function Tick({ isDone }: { isDone: boolean }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="tick" data-done={isDone || undefined}>
      <circle cx="12" cy="12" r="10.5" />
      {isDone && <path d="M6.5 12.5l4 4 7.5-8.5" />}
    </svg>
  );
}
