import type { InstallationView } from '../../gateway/protocol/device/installation.ts';
import { useWords } from '../text/language-context.tsx';

type Device = Pick<
  NonNullable<InstallationView['device']>,
  'rssiDbm' | 'lqi' | 'batteryPercent' | 'firmware'
>;

/** Name and value of what is known; nothing of what is not. */
export function readingsOf(
  { rssiDbm, lqi, batteryPercent, firmware }: Device,
  words: ReturnType<typeof useWords>,
): [name: string, value: string][] {
  const said = words.install.message;
  const known: [string, string | null][] = [
    [said.battery, batteryPercent === null ? null : words.device.percent(batteryPercent)],
    [said.signal, rssiDbm === null ? null : words.device.dbm(rssiDbm)],
    [said.signal, lqi === null ? null : said.lqi(lqi)],
    [said.firmware, firmware],
  ];
  return known.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
}

/** How well it is heard, and how much is left of it. */
export function Readings({ device }: { device: Device }) {
  const known = readingsOf(device, useWords());
  if (known.length === 0) return null;
  return (
    <dl className="install-facts">
      {known.map(([name, value]) => (
        <div key={value}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
