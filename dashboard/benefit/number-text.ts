/** A number as people write it in a language; null: it is none. Thousands may be set apart. */
export function readNumber(text: string, locale: string): number | null {
  const close = text.replaceAll(/[\s\u00A0\u202F]/g, '').replace('\u2212', '-');
  const isEnglish = locale.startsWith('en');
  const plain =
    isEnglish && /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(close)
      ? close.replaceAll(',', '')
      : close.replace(',', '.');
  return /^-?(\d+(\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** As it is written in a field: with the language's own decimal sign and its thousands set apart. */
export function writeNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(value);
}
