import type { Battery } from '../../simulators/battery.ts';
import type { Role } from '../protocol/api.ts';
import type { Placement } from '../protocol/placement.ts';
import type { ProfileId } from '../protocol/profile.ts';

interface DemoDevice {
  id: string;
  /** At the beginning of the past; without it one like any other. */
  battery?: Omit<Battery, 'at'>;
  as: { profile: ProfileId; placement: Placement };
}

const inEveryHome: readonly DemoDevice[] = [
  { id: 'button', as: { profile: 'call-button', placement: 'worn' } },
  { id: 'front-door', as: { profile: 'door-contact', placement: 'entrance' } },
  { id: 'hall', as: { profile: 'motion-sensor', placement: 'hall' } },
  { id: 'kitchen', as: { profile: 'motion-sensor', placement: 'kitchen' } },
  { id: 'bed', as: { profile: 'bed-sensor', placement: 'bed' } },
  { id: 'smoke', as: { profile: 'smoke-detector', placement: 'hall' } },
];
const fall: DemoDevice = { id: 'fall', as: { profile: 'fall-detector', placement: 'worn' } };
const camera: DemoDevice = { id: 'camera', as: { profile: 'night-camera', placement: 'bedroom' } };
const bathroom: DemoDevice = {
  id: 'bathroom',
  as: { profile: 'motion-sensor', placement: 'bathroom' },
};
/** Its battery has some weeks left when the demonstration begins, so that there is a visit to plan. */
const tiredBathroom: DemoDevice = { ...bathroom, battery: { percent: 74, percentPerDay: 1.3 } };
const water: DemoDevice = { id: 'water', as: { profile: 'water-detector', placement: 'bathroom' } };
const thermometer: DemoDevice = {
  id: 'thermometer',
  as: { profile: 'thermometer', placement: 'living-room' },
};

const kettle: DemoDevice = { id: 'kettle', as: { profile: 'plug', placement: 'kitchen' } };

export const demoUnits = [
  { id: 'norr', name: 'Hemtjänst norr', duty: 'check-in' },
  { id: 'soder', name: 'Hemtjänst söder', duty: 'always' },
] as const;

/** Made-up people at made-up addresses. */
export const demoHomes = [
  {
    id: 'skogsgatan-4',
    unitId: 'norr',
    label: 'Skogsgatan 4',
    resident: 'Elsa B',
    more: [fall, thermometer],
  },
  {
    id: 'storgatan-1',
    unitId: 'norr',
    label: 'Storgatan 1',
    resident: 'Nils K',
    more: [bathroom, camera],
  },
  {
    id: 'bjorkvagen-12',
    unitId: 'norr',
    label: 'Björkvägen 12',
    resident: 'Olle P',
    more: [],
  },
  {
    id: 'kvarngatan-7',
    unitId: 'norr',
    label: 'Kvarngatan 7',
    resident: 'Sara-Lisa M',
    more: [fall, tiredBathroom, thermometer, kettle],
  },
  {
    id: 'hamngatan-3',
    unitId: 'norr',
    label: 'Hamngatan 3',
    resident: 'Gunnar Å',
    more: [camera, water],
  },
  {
    id: 'angsvagen-9',
    unitId: 'soder',
    label: 'Ängsvägen 9',
    resident: 'Märta L',
    more: [fall, bathroom, thermometer],
  },
].map(({ more, ...home }) => ({
  ...home,
  devices: [...inEveryHome, ...more],
  /** Gunnar has not agreed that how he lives is followed over time: what that looks like is to be seen, too. */
  isFollowed: home.id !== 'hamngatan-3',
}));

export interface DemoHubDevice {
  id: string;
  /** In the Zigbee network. */
  address: string;
  /** What it is called in zigbee2mqtt. */
  label: string;
  model: string;
  /** The shipped model; null: there is none. */
  modelId: string | null;
  /** What it is called here; null: what its kind is called. */
  name: string | null;
  /** Null: found, and for a technician to place. */
  as: DemoDevice['as'] | null;
}

/** A hub with zigbee2mqtt in one of the homes, and what is behind it. */
export const demoHub: { homeId: string; name: string; devices: readonly DemoHubDevice[] } = {
  homeId: 'bjorkvagen-12',
  name: 'Hemnod med Zigbee',
  devices: [
    {
      id: 'zigbee-water',
      address: '0x00158d0004a1b201',
      label: 'Badrum/Vattenvarnare',
      model: 'SJCGQ11LM',
      modelId: 'aqara-sjcgq11lm',
      name: null,
      as: { profile: 'water-detector', placement: 'bathroom' },
    },
    {
      id: 'zigbee-thermometer',
      address: '0x00124b0029e3c402',
      label: 'Vardagsrum/Klimat',
      model: 'SNZB-02D',
      modelId: null,
      name: null,
      as: { profile: 'thermometer', placement: 'living-room' },
    },
    {
      id: 'zigbee-living-room',
      address: '0x00158d0004a1b203',
      label: 'Vardagsrum/Rörelse',
      model: 'RTCGQ11LM',
      modelId: 'aqara-rtcgq11lm',
      name: 'Rörelsesensor vardagsrum',
      as: { profile: 'motion-sensor', placement: 'living-room' },
    },
    {
      id: 'zigbee-balcony',
      address: '0x00158d0004a1b204',
      label: 'Balkongdörr',
      model: 'MCCGQ11LM',
      modelId: 'aqara-mccgq11lm',
      name: 'Dörrsensor balkong',
      as: { profile: 'door-contact', placement: 'balcony' },
    },
    {
      id: 'zigbee-bathroom-button',
      address: '0x00158d0004a1b205',
      label: 'Badrum/Nödknapp',
      model: 'HS1EB/HS1EB-E',
      modelId: 'heiman-hs1eb-hs1eb-e',
      name: 'Larmknapp badrum',
      as: { profile: 'call-button', placement: 'bathroom' },
    },
    {
      id: 'zigbee-new-door',
      address: '0x00158d0004a1b206',
      label: 'Ny/Källardörr',
      model: 'MCCGQ11LM',
      modelId: 'aqara-mccgq11lm',
      name: null,
      as: null,
    },
    {
      id: 'zigbee-new-button',
      address: '0x00158d0004a1b207',
      label: 'Ny/Nödknapp vid sängen',
      model: 'HS1EB/HS1EB-E',
      modelId: 'heiman-hs1eb-hs1eb-e',
      name: null,
      as: null,
    },
  ],
};

export const demoPeople: readonly {
  id: string;
  email: string;
  name: string;
  role: Role;
  units: readonly string[];
}[] = [
  { id: 'demo-carer', email: 'amina@demo.example', name: 'Amina', role: 'carer', units: ['norr'] },
  {
    id: 'demo-carer-2',
    email: 'bilal@demo.example',
    name: 'Bilal',
    role: 'carer',
    units: ['norr', 'soder'],
  },
  {
    id: 'demo-technician',
    email: 'johan@demo.example',
    name: 'Johan',
    role: 'technician',
    units: [],
  },
  {
    id: 'demo-coordinator',
    email: 'karin@demo.example',
    name: 'Karin',
    role: 'coordinator',
    units: [],
  },
  {
    id: 'demo-administrator',
    email: 'lars@demo.example',
    name: 'Lars',
    role: 'administrator',
    units: [],
  },
];
