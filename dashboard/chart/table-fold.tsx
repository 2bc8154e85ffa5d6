import { type ReactNode, useId, useState } from 'react';

import './figure-table.css';

interface TableFoldProps {
  show: string;
  hide: string;
  children: ReactNode;
}

/** What is folded away on a screen until somebody asks for it, and always there on paper. */
export function TableFold({ show, hide, children }: TableFoldProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        className="fold-button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? hide : show}
      </button>
      <div id={id} className="table-fold" data-open={isOpen || undefined}>
        {children}
      </div>
    </>
  );
}
