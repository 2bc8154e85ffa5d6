import type { Text } from '../text.ts';
import type { Fault } from './fleet.ts';

/** Faults as people read them. */
export const faultTitles: Readonly<Record<Fault, Text>> = {
  silent: { sv: 'Tyst', en: 'Silent' },
  'hub-away': { sv: 'Hemnoden når den inte', en: 'Not reached by its hub' },
  'battery-urgent': { sv: 'Byt batteri nu', en: 'Change the battery now' },
  unfinished: { sv: 'Installationen inte klar', en: 'Installation not finished' },
  quarantine: { sv: 'Meddelanden underkända', en: 'Messages refused' },
  'battery-low': { sv: 'Lågt batteri', en: 'Low battery' },
  'battery-falling': { sv: 'Batteriet tar snart slut', en: 'Battery runs out soon' },
  'weak-link': { sv: 'Svag signal', en: 'Weak signal' },
  'clock-wrong': { sv: 'Klockan går fel', en: 'Clock is wrong' },
  'not-understood': {
    sv: 'Säger något vi inte förstår',
    en: 'Says something we do not understand',
  },
};
