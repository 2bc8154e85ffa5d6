import { Link } from 'react-router';

import type { Me } from '../../gateway/protocol/api.ts';
import { useWords } from '../text/language-context.tsx';

interface UnitFilterBarProps {
  units: Me['units'];
  chosen: string | null;
  /** How many alerts the choice hides. */
  hidden: number;
}

/** Narrows the board to one unit, in its address; tells how much that hides. */
export function UnitFilterBar({ units, chosen, hidden }: UnitFilterBarProps) {
  const { board } = useWords().duty;
  if (units.length < 2) return null;
  const isKnown = units.some(({ id }) => id === chosen);
  const link = (id: string | null, name: string) => (
    <li key={id ?? ''}>
      <Link
        to={id === null ? '/' : `/?unit=${encodeURIComponent(id)}`}
        replace
        aria-current={(isKnown ? chosen : null) === id ? 'true' : undefined}
      >
        {name}
      </Link>
    </li>
  );
  return (
    <nav className="unit-filter" aria-label={board.unit}>
      <ul>
        {link(null, board.allUnits)}
        {units.map(({ id, name }) => link(id, name))}
      </ul>
      {hidden > 0 && <p className="label">{board.hidden(hidden)}</p>}
    </nav>
  );
}
