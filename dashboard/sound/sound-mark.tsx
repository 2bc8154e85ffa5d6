export function SoundMark({ isOn }: { isOn: boolean }) {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" className="line-mark">
      <path d="M9 17V5l10-2v12" />
      <ellipse cx="6.5" cy="17.5" rx="2.5" ry="2" fill="currentColor" />
      <ellipse cx="16.5" cy="15.5" rx="2.5" ry="2" fill="currentColor" />
      {!isOn && <path d="M3 3l18 18" />}
    </svg>
  );
}
