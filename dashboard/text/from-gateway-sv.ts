/** The gateway's English, said in Swedish; what is in brackets is put where `$1` stands. */
const phrases: readonly (readonly [said: RegExp, swedish: string])[] = [
  [
    /^These rules are not as they were signed.*$/,
    'Reglerna är inte som när de signerades: någon har ändrat filen, eller så har den skadats på vägen. Be om den igen.',
  ],
  [/^"(.+)" stands twice in the package\.$/, '”$1” står två gånger i filen.'],
  [
    /^"(.+)" in the package is another rule than it says\.$/,
    '”$1” i filen är en annan regel än den uppger.',
  ],
  [/^Several backtests are waiting already.*$/, 'Flera prov väntar redan. Försök snart igen.'],
  [/^There is no home to try the rules on\.$/, 'Det finns inget hem att prova reglerna på.'],
  [
    /^The rules raise more than .+ alerts in one home.*$/,
    'Reglerna ger orimligt många larm i ett och samma hem. Låt dem larma mer sällan, eller välj en kortare tid.',
  ],
  [
    /^It needed too much memory.*$/,
    'Provet behövde för mycket minne. Välj färre hem eller en kortare tid.',
  ],
  [/^It was ended before it was done\.$/, 'Provet avslutades innan det var klart.'],
  [
    /^Something went wrong here. Whoever runs the gateway.*$/,
    'Något gick fel i Vaka. Den som driver systemet ser i loggen vad det var.',
  ],
];

/** In Swedish where there are words for it; else as the gateway says it. */
export function fromGatewaySv(said: string): string {
  const found = phrases.find(([pattern]) => pattern.test(said));
  return found === undefined ? said : said.replace(...found);
}
