import './bar.css';

interface ShareBarProps {
  /** From 0 to 1; null draws an empty frame. */
  share: number | null;
}

/** A share as the filled part of a bar. The figure stands beside it, so it is hidden from those who hear the page. */
export function ShareBar({ share }: ShareBarProps) {
  return (
    <svg className="share-bar" aria-hidden="true">
      <rect className="share-all" width="100%" height="100%" />
      {share !== null && (
        <rect className="share-part" width={`${Math.round(share * 1_000) / 10}%`} height="100%" />
      )}
    </svg>
  );
}
