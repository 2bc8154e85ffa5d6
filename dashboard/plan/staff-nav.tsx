import { NavLink } from 'react-router';

import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { staffPagesOf, staffPaths } from './permission.ts';

import '../rule/rule.css';
import './plan.css';

/** The ways between the pages on which it is arranged who is asked. */
export function StaffNav() {
  const { role } = useMe();
  const { nav } = useWords().plan;
  const pages = staffPagesOf(role);
  if (pages.length < 2) return null;
  return (
    <nav className="staff-nav" aria-label={nav.label}>
      {pages.map((page) => (
        <NavLink key={page} to={staffPaths[page]}>
          {nav[page]}
        </NavLink>
      ))}
    </nav>
  );
}
