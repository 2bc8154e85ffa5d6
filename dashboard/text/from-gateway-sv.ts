import { hubRefusalsSv } from './hub-refusal-sv.ts';
import { installRefusalsSv } from './install-refusal-sv.ts';
import { messageRefusalsSv } from './message-refusal-sv.ts';

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
  [/^Choose a period that has begun\.$/, 'Välj en period som har börjat.'],
  [/^Duty must end in the future\.$/, 'Välj en tid som inte har varit.'],
  [/^It must end in the future\.$/, 'Välj en tid som inte har varit.'],
  [/^Check in for at most (\d+) hours at a time\.$/, 'Checka in för högst $1 timmar i taget.'],
  [/^It may last for at most (\d+) hours\.$/, 'Det får vara i högst $1 timmar.'],
  [
    /^(\d+) alerts are left: hand each of them over.*$/,
    'Du har fått fler larm. Välj vem som tar över vart och ett.',
  ],
  [
    /^Hand it over to somebody who is at work\.$/,
    'Den du valde är inte längre i tjänst. Välj någon annan.',
  ],
  [/^(.+) already has it\.$/, '$1 har det redan.'],
  [/^Somebody else already has this alert\.$/, 'Någon annan har larmet redan.'],
  [/^You have this alert: give it back instead\.$/, 'Du har larmet: lämna tillbaka det i stället.'],
  [/^You do not have this alert\.$/, 'Du har inte längre larmet.'],
  [/^The alert has already been resolved\.$/, 'Larmet är redan avslutat.'],
  [/^Alerts go there by (.+): change that first\.$/, 'Larm går dit genom $1: ändra det först.'],
  [/^It has ended already\.$/, 'Det är redan avslutat.'],
  [/^Only those who answer alerts are told of them\.$/, 'Bara den som svarar på larm får notiser.'],
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
  ...installRefusalsSv,
  ...hubRefusalsSv,
  ...messageRefusalsSv,
  [
    /^Something went wrong here. Say this number to whoever runs it: (.+)$/,
    'Något gick fel i Vaka. Säg det här numret till den som driver systemet: $1',
  ],
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
