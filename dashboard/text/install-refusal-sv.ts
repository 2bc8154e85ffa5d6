/** What the gateway says when it refuses something of an installation, in Swedish. */
export const installRefusalsSv: readonly (readonly [said: RegExp, swedish: string])[] = [
  [
    /^That is nothing known here\. Scan the code.*$/,
    'Koden är inte känd här. Skanna koden på kartongen (vaka:…), eller skriv utrustningens id, serienummer eller den adress som hemnoden har hittat.',
  ],
  [
    /^That device is out of use for good.*$/,
    'Den utrustningen är tagen ur bruk för gott, och hemligheten med den. Lägg in den som en ny av sin sort.',
  ],
  [
    /^"(.+)" is placed in a home already: take it out of use there first\.$/,
    '”$1” sitter redan i ett hem: ta den ur bruk där först.',
  ],
  [
    /^"(.+)" has been placed elsewhere meanwhile\.$/,
    '”$1” har under tiden placerats någon annanstans.',
  ],
  [
    /^The device is placed already: abandon this installation.*$/,
    'Utrustningen är redan placerad: avbryt installationen för att ta en annan.',
  ],
  [
    /^You have not finished another installation in this home.*$/,
    'Du har en annan installation i hemmet som inte är klar: gör klart eller avbryt den.',
  ],
  [/^A colleague is exchanging "(.+)" already\.$/, 'En kollega håller redan på att byta ut ”$1”.'],
  [/^(.+) is exchanging "(.+)" already\.$/, '$1 håller redan på att byta ut ”$2”.'],
  [
    /^"(.+)" speaks for others: only a hub can replace it\.$/,
    '”$1” talar för annan utrustning: bara en hemnod kan ersätta den.',
  ],
  [/^The installation is signed already\.$/, 'Installationen är redan underskriven.'],
  [/^The installation is abandoned already\.$/, 'Installationen är redan avbruten.'],
  [/^The installation is not open any more\.$/, 'Installationen är inte öppen längre.'],
  [/^Choose the device first\.$/, 'Välj utrustningen först.'],
  [/^Place the device first\.$/, 'Placera utrustningen först.'],
  [
    /^The device has not been heard yet.*$/,
    'Utrustningen har inte hörts än: få den att säga något.',
  ],
  [/^Not tested yet: .*$/, 'Allt är inte provat än. Prova det, eller hoppa över med en anledning.'],
  [
    /^No test alarm has been accepted on a screen yet.*$/,
    'Inget provlarm har tagits på en skärm än: få den att larma, och ta larmet.',
  ],
  [
    /^There is no model "(.+)" of .*$/,
    'Det finns ingen modell ”$1” av den sorten: välj bara sorten.',
  ],
];
