import { NavLink } from 'react-router';

import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { reportPages, reportPaths, seesReports } from './permission.ts';

import '../plan/plan.css';

/** The ways between the pages that follow up; a technician has but one of them. */
export function ReportNav() {
  const { role } = useMe();
  const { nav } = useWords().report;
  if (!seesReports(role)) return null;
  return (
    <nav className="staff-nav" aria-label={nav.label}>
      {reportPages.map((page) => (
        <NavLink key={page} to={reportPaths[page]} end>
          {nav[page]}
        </NavLink>
      ))}
    </nav>
  );
}
