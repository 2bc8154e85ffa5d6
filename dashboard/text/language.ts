import { languages, type Language } from '../../gateway/protocol/text.ts';

/** The remembered language, else the first of the browser's that we speak, else Swedish. */
export function chooseLanguage(remembered: string | null, wanted: readonly string[]): Language {
  const spoken = [remembered ?? '', ...wanted].map((tag) => tag.toLowerCase().split('-')[0]);
  for (const tag of spoken) {
    const match = languages.find((language) => language === tag);
    if (match !== undefined) return match;
  }
  return 'sv';
}
