import { faultTitles } from '../protocol/device/fault-title.ts';
import type { FleetDevice } from '../protocol/device/fleet.ts';
import { isPlacement, placements } from '../protocol/placement.ts';
import { isProfile, profiles } from '../protocol/profile.ts';
import type { Language, Text } from '../protocol/text.ts';
import { byteOrderMark, type Cell, csvLineOf } from './csv.ts';

interface Column {
  head: Text;
  cell: (device: FleetDevice, language: Language, at: number) => Cell;
}

const columns: readonly Column[] = [
  { head: { sv: 'Utrustning', en: 'Device' }, cell: ({ id }) => id },
  { head: { sv: 'Namn', en: 'Name' }, cell: ({ name }) => name },
  {
    head: { sv: 'Sort', en: 'Kind' },
    cell: ({ profile }, language) =>
      isProfile(profile) ? profiles[profile].title[language] : profile,
  },
  { head: { sv: 'Modell', en: 'Model' }, cell: ({ model }) => model },
  { head: { sv: 'Hem', en: 'Home' }, cell: ({ homeLabel }) => homeLabel },
  {
    head: { sv: 'Placering', en: 'Placement' },
    cell: ({ placement }, language) =>
      placement !== null && isPlacement(placement) ? placements[placement][language] : placement,
  },
  { head: { sv: 'Arbetslag', en: 'Unit' }, cell: ({ unitName }) => unitName },
  { head: { sv: 'Hemnod', en: 'Hub' }, cell: ({ hubId }) => hubId },
  {
    head: { sv: 'Fel', en: 'Faults' },
    cell: ({ faults }, language) => faults.map((fault) => faultTitles[fault][language]).join(', '),
  },
  { head: { sv: 'Hördes (UTC)', en: 'Heard (UTC)' }, cell: (one) => instant(one.lastSeenAt) },
  {
    head: { sv: 'Tyst från (UTC)', en: 'Silent from (UTC)' },
    cell: ({ silentAt }, _, at) => (silentAt !== null && silentAt <= at ? instant(silentAt) : null),
  },
  { head: { sv: 'Batteri, %', en: 'Battery, %' }, cell: (one) => one.batteryPercent },
  {
    head: { sv: 'Batteriet räcker till', en: 'Battery lasts until' },
    cell: ({ batteryEndsAt }) => instant(batteryEndsAt)?.slice(0, 10) ?? null,
  },
  { head: { sv: 'Signal, dBm', en: 'Signal, dBm' }, cell: ({ rssiDbm }) => rssiDbm },
  { head: { sv: 'Länkkvalitet', en: 'Link quality' }, cell: ({ lqi }) => lqi },
  {
    head: { sv: 'Klockan går fel, s', en: 'Clock is off by, s' },
    cell: ({ skewMs }) => (skewMs === null ? null : Math.round(skewMs / 1_000)),
  },
  {
    head: { sv: 'Underkända meddelanden, 7 dygn', en: 'Messages refused, 7 days' },
    cell: ({ quarantined }) => quarantined,
  },
  { head: { sv: 'Programversion', en: 'Firmware' }, cell: ({ firmware }) => firmware },
];

const rowsAtOnce = 200;

/** A file for a spreadsheet, in pieces: RFC 4180 with semicolons; what would be taken for a formula is made text. */
export function* csvOfFleet(
  devices: readonly FleetDevice[],
  language: Language,
  at: number,
): Generator<string> {
  yield (
    byteOrderMark +
      csvLineOf(
        columns.map(({ head }) => head[language]),
        language,
      )
  );
  for (let first = 0; first < devices.length; first += rowsAtOnce) {
    yield devices
      .slice(first, first + rowsAtOnce)
      .map((device) =>
        csvLineOf(
          columns.map(({ cell }) => cell(device, language, at)),
          language,
        ),
      )
      .join('');
  }
}

/** To the minute; spreadsheets read it as a date. */
function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}
