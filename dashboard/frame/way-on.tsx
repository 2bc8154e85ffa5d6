import { Link, useLocation } from 'react-router';

import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { paths, wayOnFrom } from './destination.ts';

/** From an address that is not for the reader, or where nothing is, to one that is. */
export function WayOn() {
  const { role } = useMe();
  const { pathname } = useLocation();
  const words = useWords();
  const way = wayOnFrom(role, pathname);
  return <Link to={paths[way]}>{words.wayOn(words.page[way])}</Link>;
}
