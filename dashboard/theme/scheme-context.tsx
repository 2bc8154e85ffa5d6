import {
  createContext,
  use,
  useCallback,
  useLayoutEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react';

import { recall, remember } from '../session/memory.ts';
import { applyScheme, isScheme, type Scheme } from './scheme.ts';

interface Choice {
  scheme: Scheme;
  choose: (scheme: Scheme) => void;
}

const SchemeContext = createContext<Choice | null>(null);

export function SchemeProvider({ children }: { children: ReactNode }) {
  const [scheme, setScheme] = useState<Scheme>(() => {
    const remembered = recall('scheme');
    return isScheme(remembered) ? remembered : 'system';
  });
  useLayoutEffect(() => applyScheme(document.documentElement, scheme), [scheme]);
  const choose = useCallback((chosen: Scheme) => {
    remember('scheme', chosen);
    setScheme(chosen);
  }, []);
  const choice = useMemo(() => ({ scheme, choose }), [scheme, choose]);
  return <SchemeContext value={choice}>{children}</SchemeContext>;
}

export function useScheme(): Choice {
  const choice = use(SchemeContext);
  if (choice === null) throw new Error('There is no SchemeProvider above.');
  return choice;
}
