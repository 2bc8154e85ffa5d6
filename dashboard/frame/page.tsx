import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'react-router';

import { useWords } from '../text/language-context.tsx';

import './frame.css';

interface PageProps {
  /** Also the document's title, so nothing personal. */
  title: string;
  /** What stands at the top, when it is more than the title. */
  heading?: ReactNode;
  /** What stands beside the heading. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

// The first page of a visit keeps the browser's own starting point; later ones are announced by focus.
let shownPath: string | null = null;
// A page that waited for its content is replaced by the page that has it: focus goes along.
let hadFocus = false;

/** One page: its title, its heading, and focus on it after a navigation. */
export function Page({ title, heading, aside, className = '', children }: PageProps) {
  const words = useWords();
  const { pathname } = useLocation();
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – ${words.vaka}`;
  }, [title, words]);
  useEffect(() => {
    if (hadFocus || (shownPath !== null && shownPath !== pathname)) top.current?.focus();
    shownPath = pathname;
  }, [pathname]);
  useLayoutEffect(() => {
    const element = top.current;
    return () => {
      hadFocus = element !== null && document.activeElement === element;
    };
  }, []);
  return (
    <main id="content" className={`page ${className}`} tabIndex={-1}>
      <div className="page-top">
        <h1 ref={top} tabIndex={-1}>
          {heading ?? title}
        </h1>
        {aside}
      </div>
      {children}
    </main>
  );
}
