import { catalogue, isEventType } from '../../gateway/protocol/catalogue.ts';
import type { Language } from '../../gateway/protocol/text.ts';

/** What has happened, as people say it; a type that is not known as it is written. */
export function eventWord(type: string, language: Language): string {
  return isEventType(type) ? catalogue[type].title[language] : type;
}
