import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react';
import { I18nProvider } from 'react-aria-components';

import type { Language, Text } from '../../gateway/protocol/text.ts';
import { recall, remember } from '../session/memory.ts';
import { en } from './en.ts';
import { chooseLanguage } from './language.ts';
import { sv, type Dictionary } from './sv.ts';

const dictionaries: Record<Language, Dictionary> = { sv, en };

interface Speech {
  language: Language;
  words: Dictionary;
  speak: (language: Language) => void;
  /** What the server says in both languages, in the reader's. */
  say: (text: Text) => string;
}

const SpeechContext = createContext<Speech | null>(null);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(() =>
    chooseLanguage(recall('language'), navigator.languages),
  );
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speak = useCallback((chosen: Language) => {
    remember('language', chosen);
    setLanguage(chosen);
  }, []);
  const speech = useMemo<Speech>(
    () => ({ language, words: dictionaries[language], speak, say: (text) => text[language] }),
    [language, speak],
  );
  return (
    <I18nProvider locale={speech.words.locale}>
      <SpeechContext value={speech}>{children}</SpeechContext>
    </I18nProvider>
  );
}

export function useSpeech(): Speech {
  const speech = use(SpeechContext);
  if (speech === null) throw new Error('There is no LanguageProvider above.');
  return speech;
}

export function useWords(): Dictionary {
  return useSpeech().words;
}
