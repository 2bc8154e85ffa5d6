import type { ProfileId } from '../protocol/profile.ts';

/** What is known of a LoRaWAN model that its decoded fields do not say. */
export interface LorawanModel {
  kind: ProfileId | null;
  vendor: string | null;
  /** What a bare `status` of 1 means: open, occupied, pressed and wet are all the same bit. */
  status: 'contact' | 'motion' | 'leak' | 'help' | null;
  /** Whether a press of it is a call for help; null where nothing tells. */
  callsForHelp: boolean | null;
  /** Whether a bare `battery` is in percent or in volts; null where nothing tells. */
  battery: 'percent' | 'volts' | null;
}

const unknown: LorawanModel = {
  kind: null,
  vendor: null,
  status: null,
  callsForHelp: null,
  battery: null,
};

const browan = { vendor: 'Browan', battery: 'volts', callsForHelp: null } as const;
const milesight = { vendor: 'Milesight', battery: 'percent', status: null } as const;
const netvox = { vendor: 'Netvox', battery: 'volts', status: null } as const;
const button = { kind: 'call-button', callsForHelp: true } as const;
const contact = { kind: 'door-contact', callsForHelp: null } as const;
const motion = { kind: 'motion-sensor', callsForHelp: null } as const;
const water = { kind: 'water-detector', callsForHelp: null } as const;
const presence = { kind: 'presence-sensor', callsForHelp: null } as const;

/** By the model's name wherever it stands as a word; the first that fits. Facts of the vendors' published codecs. */
const models: readonly (readonly [RegExp, LorawanModel])[] = [
  [/tbdw100/, { ...browan, kind: 'door-contact', status: 'contact' }],
  [/tbms100/, { ...browan, kind: 'motion-sensor', status: 'motion' }],
  [/tbpb100/, { ...browan, ...button, status: 'help' }],
  [/tbwl100/, { ...browan, kind: 'water-detector', status: 'leak' }],
  [/\bws101\b|\bws101-sos\b/, { ...milesight, ...button }],
  [/\bws1(36|56|5\d)\b/, { ...milesight, kind: null, callsForHelp: false }],
  [/\bws301\b|\bem300-mcs\b/, { ...milesight, ...contact }],
  [/\bws202\b/, { ...milesight, ...motion }],
  [/\bws303\b|\bem300-(sld|zld)\b/, { ...milesight, ...water }],
  [/\bvs(321|330|340|341|350|360|370)\b/, { ...milesight, ...presence }],
  [/\bvs373\b/, { ...milesight, kind: 'fall-radar', callsForHelp: null }],
  [
    /\b(em300|am1\d\d|am3\d\d|em310|wt\d{3}|ts30\d)\b|milesight/,
    { ...milesight, kind: null, callsForHelp: null },
  ],
  [/\b(r312a|rb02i|r718t)\b/, { ...netvox, ...button }],
  [/\br312\b/, { ...netvox, kind: null, callsForHelp: false }],
  [/\b(r311w|r718wa|r718wb)\b/, { ...netvox, ...water }],
  [/\brb11e\b/, { ...netvox, ...motion }],
  [/\blds0\d\b|\blds03a\b/, { ...unknown, ...contact, vendor: 'Dragino' }],
  [/\blwl0\d\b/, { ...unknown, ...water, vendor: 'Dragino' }],
  [
    /\b(lgt-?92|trackerd)\b/,
    { ...unknown, kind: 'location-alarm', vendor: 'Dragino', callsForHelp: true },
  ],
  [/\bgs524n?\b|smoke|brandvarnare/, { ...unknown, kind: 'smoke-detector' }],
  [/scene|doorbell|d[öo]rrklock|remote[ _-]?control/, { ...unknown, callsForHelp: false }],
  [
    /\bsos\b|panic|emergency|pendant|call[ _-]?button|help[ _-]?button|nurse|larmknapp|n[öo]dlarm|pull[ _-]?cord/,
    { ...unknown, ...button },
  ],
];

/** Works out the model from whatever names there are: the network server's, the codec's and people's. */
export function lorawanModel(names: readonly (string | null)[]): LorawanModel {
  const text = names
    .filter((name) => name !== null)
    .join(' ')
    .toLowerCase()
    .replace(/_/g, ' ');
  return models.find(([pattern]) => pattern.test(text))?.[1] ?? unknown;
}
