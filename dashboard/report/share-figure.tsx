import { ShareBar } from '../chart/share-bar.tsx';
import type { Figures } from './figure-words.ts';

interface ShareFigureProps {
  /** From 0 to 1; null: there is none to tell. */
  share: number | null;
  figures: Figures;
}

/** A share in figures, and as a bar under them. */
export function ShareFigure({ share, figures }: ShareFigureProps) {
  return (
    <>
      {figures.share(share)}
      <ShareBar share={share} />
    </>
  );
}
