/** Why a rule that is being written cannot be used, and how to mend it, by its place. */
const mends: Readonly<Record<string, string>> = {
  '': 'Välj antingen något som händer eller en tystnad.',
  id: 'Skriv små bokstäver a–z, siffror och bindestreck.',
  'title.sv': 'Skriv en titel på svenska.',
  'title.en': 'Skriv en titel på engelska.',
  'action.sv': 'Skriv vad man gör på plats på svenska också, eller töm båda fälten.',
  'action.en': 'Skriv vad man gör på plats på engelska också, eller töm båda fälten.',
  on: 'Välj minst en händelse.',
  'during.from': 'Skriv ett klockslag, till exempel 22:00.',
  'during.to': 'Skriv ett klockslag, till exempel 06:00.',
  during: 'Från och till måste skilja sig; stäng av tiderna om regeln gäller hela dygnet.',
  for: 'Skriv ett heltal större än noll.',
  unless: 'Det här avslutar en väntan: ange väntan innan larm också.',
  'count.times': 'Skriv ett heltal från 2 till 100.',
  'count.within': 'Skriv ett heltal större än noll.',
  count: 'Upprepning kan inte stå tillsammans med väntan eller höjning.',
  absence: 'En tystnad har sin egen tid: ta bort väntan, upprepning, höjning, avslut och vila.',
  'absence.for': 'Skriv ett heltal större än noll. Modellens gräns kräver ett larm per utrustning.',
  'absence.of': 'Välj minst en händelse.',
  then: 'Höjning kan inte stå tillsammans med väntan.',
  'then.no': 'Välj minst en händelse.',
  'then.within': 'Skriv ett heltal större än noll.',
  'then.severity': 'Välj en allvarlighetsgrad som är värre än regelns egen.',
  inhibits: 'En regel kan inte hålla tillbaka sig själv.',
  cooldown:
    'Skriv ett heltal större än noll. Den som ropar på hjälp igen ska höras igen: ingen vila.',
  leavesWhenCleared:
    'Bara det som kan ta slut försvinner av sig självt, och aldrig ett rop på hjälp.',
};

/** The gateway's English, said in Swedish; what is in brackets is put where `$1` and so on stand. */
type Phrase = readonly [said: RegExp, swedish: string];

/** These tell more than the place does. */
const first: readonly Phrase[] = [
  [/bounds/, 'Värdet ligger utanför regelns egna gränser (bounds).'],
  [
    /^`inhibits` names "(.+)", and there is no such rule.*$/,
    'Det finns ingen regel som heter ”$1”: kontrollera stavningen.',
  ],
  [
    /^"(.+)" is about a person and this rule about equipment.*$/,
    '”$1” gäller en person och den här regeln utrustning, så den hålls aldrig tillbaka: ta bort den ur listan.',
  ],
  [
    /^"(.+)" is \w+ and this rule \w+ at the most.*$/,
    '”$1” är allvarligare än den här regeln, så den hålls aldrig tillbaka: ta bort den ur listan, eller ändra en allvarlighetsgrad.',
  ],
  [/^"(.*)" is not known: did you mean `(.+)`\?$/, '”$1” är okänt: menade du `$2`?'],
  [/^"(.*)" is not known: write one of (.*)\.$/, '”$1” är okänt: skriv till exempel $2.'],
];

const last: readonly Phrase[] = [
  [/^There is no `(.+)` here: did you mean `(.+)`\?$/, 'Det finns inget `$1` här: menade du `$2`?'],
  [
    /^There is no `(.+)` here.*$/,
    'Det finns inget `$1` här: ta bort det, eller kontrollera indragen.',
  ],
  [/^`(.+)` is missing.*$/, '`$1` saknas.'],
  [/^Nothing is written here.*$/, 'Här saknas ett värde.'],
  [
    /^"(.*)" is no duration.*$/,
    '”$1” är ingen tid: skriv ett tal och s, m, h eller d, till exempel 90s eller 12h.',
  ],
];

function said(message: string, phrases: readonly Phrase[]): string | null {
  const found = phrases.find(([pattern]) => pattern.test(message));
  if (found === undefined) return null;
  const [pattern, swedish] = found;
  return pattern.source === 'bounds' ? swedish : message.replace(pattern, swedish);
}

/** In Swedish as far as there are words; else as the gateway says it. */
export function mendSv(path: string, message: string): string {
  return said(message, first) ?? mends[path] ?? said(message, last) ?? message;
}
