import type { Role } from '../protocol/api.ts';
import type { Placement } from '../protocol/placement.ts';
import type { ProfileId } from '../protocol/profile.ts';

interface DemoDevice {
  id: string;
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
const water: DemoDevice = { id: 'water', as: { profile: 'water-detector', placement: 'bathroom' } };
const thermometer: DemoDevice = {
  id: 'thermometer',
  as: { profile: 'thermometer', placement: 'living-room' },
};

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
    more: [water, thermometer],
  },
  {
    id: 'kvarngatan-7',
    unitId: 'norr',
    label: 'Kvarngatan 7',
    resident: 'Sara-Lisa M',
    more: [fall, bathroom],
  },
  {
    id: 'hamngatan-3',
    unitId: 'norr',
    label: 'Hamngatan 3',
    resident: 'Gunnar Å',
    more: [camera, water],
  },
  { id: 'angsvagen-9', unitId: 'soder', label: 'Ängsvägen 9', resident: 'Märta L', more: [fall] },
].map(({ more, ...home }) => ({ ...home, devices: [...inEveryHome, ...more] }));

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
