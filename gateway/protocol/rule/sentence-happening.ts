import type { EventType } from '../catalogue.ts';
import type { Placement } from '../placement.ts';
import type { Language } from '../text.ts';

/** What happens, and that it does not, as clauses that may follow "if". */
interface Clause {
  is: string;
  isNot: string;
  /** The same of any, where `isNot` speaks of what was spoken of before. */
  never: string;
}
type Clauses = Record<EventType, Clause>;

function clause(is: string, isNot: string, never: string = isNot): Clause {
  return { is, isNot, never };
}

const sv: Clauses = {
  'help.pressed': clause('någon trycker på larmknappen', 'ingen trycker på larmknappen'),
  'fall.detected': clause('någon faller', 'ingen faller'),
  'fall.suspected': clause('ett fall misstänks', 'inget fall misstänks'),
  'seizure.detected': clause('ett krampanfall upptäcks', 'inget krampanfall upptäcks'),
  'smoke.detected': clause('rök upptäcks', 'ingen rök upptäcks'),
  'co.detected': clause('kolmonoxid upptäcks', 'ingen kolmonoxid upptäcks'),
  'water.detected': clause('en vattenläcka upptäcks', 'ingen vattenläcka upptäcks'),
  'smoke.cleared': clause('röken är borta', 'röken inte är borta'),
  'co.cleared': clause('kolmonoxiden är borta', 'kolmonoxiden inte är borta'),
  'water.cleared': clause('vattnet är borta', 'vattnet inte är borta'),
  'bed.left': clause('någon lämnar sängen', 'ingen lämnar sängen'),
  'bed.entered': clause('någon lägger sig', 'ingen lägger sig'),
  'door.opened': clause('en dörr öppnas', 'ingen dörr öppnas'),
  'door.closed': clause('dörren stängs', 'dörren inte stängs', 'ingen dörr stängs'),
  'motion.detected': clause('rörelse märks', 'ingen rörelse märks'),
  'motion.cleared': clause('rörelsen upphör', 'rörelsen inte upphör'),
  'presence.detected': clause('närvaro märks', 'ingen närvaro märks'),
  'presence.cleared': clause('närvaron upphör', 'närvaron inte upphör'),
  'person.out-of-bed': clause('kameran ser någon ur sängen', 'kameran inte ser någon ur sängen'),
  'person.left-room': clause(
    'kameran ser någon lämna rummet',
    'kameran inte ser någon lämna rummet',
  ),
  'person.seen': clause('kameran ser en person', 'kameran inte ser någon person'),
  'sound.loud': clause('ett högt ljud hörs', 'inget högt ljud hörs'),
  'medication.taken': clause('medicinen tas', 'medicinen inte tas'),
  'medication.missed': clause('en medicin missas', 'ingen missad medicin märks'),
  'area.left': clause('någon lämnar området', 'ingen lämnar området'),
  'area.entered': clause('någon är åter i området', 'ingen är åter i området'),
  'temperature.measured': clause('temperaturen mäts', 'ingen temperatur mäts'),
  'humidity.measured': clause('luftfuktigheten mäts', 'ingen luftfuktighet mäts'),
  'illuminance.measured': clause('ljusnivån mäts', 'ingen ljusnivå mäts'),
  'power.measured': clause('effekten mäts', 'ingen effekt mäts'),
  'power.lost': clause('nätströmmen försvinner', 'nätströmmen inte försvinner'),
  'power.restored': clause(
    'nätströmmen är tillbaka',
    'den inte är tillbaka',
    'nätströmmen inte kommer åter',
  ),
  'battery.measured': clause('batterinivån mäts', 'ingen batterinivå mäts'),
  'battery.low': clause('utrustningen säger att batteriet är lågt', 'inget lågt batteri märks'),
  'link.measured': clause('signalen mäts', 'ingen signal mäts'),
  'tamper.detected': clause('åverkan märks', 'ingen åverkan märks'),
  'test.pressed': clause('ett provlarm görs', 'inget provlarm görs'),
  'device.heartbeat': clause('utrustningen ger livstecken', 'utrustningen inte ger livstecken'),
  'reach.lost': clause('hemnoden inte når utrustningen', 'hemnoden når utrustningen'),
  'reach.restored': clause('hemnoden når utrustningen igen', 'hemnoden inte når utrustningen igen'),
  'device.connected': clause('utrustningen ansluter', 'utrustningen inte ansluter'),
  'device.disconnected': clause('utrustningen kopplas från', 'utrustningen inte kopplas från'),
  unknown: clause('en okänd händelse kommer', 'ingen okänd händelse kommer'),
};

const en: Clauses = {
  'help.pressed': clause('somebody presses the help button', 'nobody presses the help button'),
  'fall.detected': clause('somebody falls', 'nobody falls'),
  'fall.suspected': clause('a fall is suspected', 'no fall is suspected'),
  'seizure.detected': clause('a seizure is detected', 'no seizure is detected'),
  'smoke.detected': clause('smoke is detected', 'no smoke is detected'),
  'co.detected': clause('carbon monoxide is detected', 'no carbon monoxide is detected'),
  'water.detected': clause('a water leak is detected', 'no water leak is detected'),
  'smoke.cleared': clause('the smoke has cleared', 'the smoke has not cleared'),
  'co.cleared': clause('the carbon monoxide has cleared', 'the carbon monoxide has not cleared'),
  'water.cleared': clause('the water is gone', 'the water is not gone'),
  'bed.left': clause('somebody leaves the bed', 'nobody leaves the bed'),
  'bed.entered': clause('somebody gets into bed', 'nobody gets into bed'),
  'door.opened': clause('a door is opened', 'no door is opened'),
  'door.closed': clause('the door is closed', 'the door is not closed', 'no door is closed'),
  'motion.detected': clause('motion is noticed', 'no motion is noticed'),
  'motion.cleared': clause('the motion ends', 'the motion does not end'),
  'presence.detected': clause('presence is noticed', 'no presence is noticed'),
  'presence.cleared': clause('the presence ends', 'the presence does not end'),
  'person.out-of-bed': clause(
    'the camera sees somebody out of bed',
    'the camera sees nobody out of bed',
  ),
  'person.left-room': clause(
    'the camera sees somebody leave the room',
    'the camera sees nobody leave the room',
  ),
  'person.seen': clause('the camera sees a person', 'the camera sees no person'),
  'sound.loud': clause('a loud sound is heard', 'no loud sound is heard'),
  'medication.taken': clause('the medication is taken', 'the medication is not taken'),
  'medication.missed': clause('a medication is missed', 'no missed medication is noticed'),
  'area.left': clause('somebody leaves the area', 'nobody leaves the area'),
  'area.entered': clause('somebody is back in the area', 'nobody is back in the area'),
  'temperature.measured': clause('the temperature is measured', 'no temperature is measured'),
  'humidity.measured': clause('the humidity is measured', 'no humidity is measured'),
  'illuminance.measured': clause('the illuminance is measured', 'no illuminance is measured'),
  'power.measured': clause('the power draw is measured', 'no power draw is measured'),
  'power.lost': clause('mains power is lost', 'mains power is not lost'),
  'power.restored': clause(
    'mains power is back',
    'it is not back',
    'mains power does not come back',
  ),
  'battery.measured': clause('the battery level is measured', 'no battery level is measured'),
  'battery.low': clause('the device says that its battery is low', 'no low battery is noticed'),
  'link.measured': clause('the signal is measured', 'no signal is measured'),
  'tamper.detected': clause('tampering is noticed', 'no tampering is noticed'),
  'test.pressed': clause('a test alarm is made', 'no test alarm is made'),
  'device.heartbeat': clause('the device gives a heartbeat', 'the device gives no heartbeat'),
  'reach.lost': clause('the hub cannot reach the device', 'the hub reaches the device'),
  'reach.restored': clause(
    'the hub reaches the device again',
    'the hub does not reach the device again',
  ),
  'device.connected': clause('the device connects', 'the device does not connect'),
  'device.disconnected': clause('the device is disconnected', 'the device is not disconnected'),
  unknown: clause('an unknown event comes', 'no unknown event comes'),
};

const clauses: Record<Language, Clauses> = { sv, en };

const doors: Record<'entrance' | 'balcony', Record<Language, string>> = {
  entrance: { sv: 'ytterdörren', en: 'the front door' },
  balcony: { sv: 'balkongdörren', en: 'the balcony door' },
};

const moves = {
  'door.opened': {
    sv: clause('öppnas', 'inte öppnas'),
    en: clause('is opened', 'is not opened'),
  },
  'door.closed': {
    sv: clause('stängs', 'inte stängs'),
    en: clause('is closed', 'is not closed'),
  },
} as const;

export const places: Record<Placement, Record<Language, string>> = {
  entrance: { sv: 'vid ytterdörren', en: 'at the front door' },
  balcony: { sv: 'vid balkongen', en: 'at the balcony' },
  hall: { sv: 'i hallen', en: 'in the hall' },
  bedroom: { sv: 'i sovrummet', en: 'in the bedroom' },
  bed: { sv: 'vid sängen', en: 'at the bed' },
  bathroom: { sv: 'i badrummet', en: 'in the bathroom' },
  kitchen: { sv: 'i köket', en: 'in the kitchen' },
  'living-room': { sv: 'i vardagsrummet', en: 'in the living room' },
  worn: { sv: 'med utrustning som bärs på kroppen', en: 'with a device that is worn' },
  other: { sv: 'på ”annan plats”', en: 'in “other place”' },
};

function isMove(type: EventType): type is keyof typeof moves {
  return Object.hasOwn(moves, type);
}

function doorAt(placement: Placement | null, language: Language): string | null {
  return placement === 'entrance' || placement === 'balcony' ? doors[placement][language] : null;
}

/** That it happens, there if the rule asks for one place. */
export function happens(type: EventType, placement: Placement | null, language: Language): string {
  const door = isMove(type) ? doorAt(placement, language) : null;
  if (door !== null && isMove(type)) return `${door} ${moves[type][language].is}`;
  const place = placement === null ? '' : ` ${places[placement][language]}`;
  return clauses[language][type].is + place;
}

/** That what was spoken of is not followed by it; the same door is not named again. */
export function happensNot(type: EventType, isSameDoor: boolean, language: Language): string {
  return isSameDoor && isMove(type) ? moves[type][language].isNot : clauses[language][type].isNot;
}

/** That it does not happen at all. */
export function neverHappens(type: EventType, language: Language): string {
  return clauses[language][type].never;
}
