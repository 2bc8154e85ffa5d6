export const schemes = ['system', 'light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];

export function isScheme(text: string | null): text is Scheme {
  return schemes.some((scheme) => scheme === text);
}

/** Tells the theme; without the attribute it follows the system. */
export function applyScheme(root: HTMLElement, scheme: Scheme): void {
  if (scheme === 'system') root.removeAttribute('data-color-scheme');
  else root.setAttribute('data-color-scheme', scheme);
}
