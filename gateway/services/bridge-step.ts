import type { BridgeConfiguration, BridgeInput } from '../protocol/device/hub.ts';

type Step = BridgeConfiguration['steps'][number];
type Dialect = BridgeInput['sources'][number]['dialect'];

const first: readonly Step[] = [
  {
    sv: 'Installera Mosquitto på hemnoden: sudo apt-get install mosquitto',
    en: 'Install Mosquitto on the hub: sudo apt-get install mosquitto',
  },
  {
    sv: 'Spara filen som /etc/mosquitto/conf.d/vaka.conf, läsbar bara för Mosquitto: sudo install -o mosquitto -m 600 vaka.conf /etc/mosquitto/conf.d/vaka.conf',
    en: 'Save the file as /etc/mosquitto/conf.d/vaka.conf, readable by Mosquitto only: sudo install -o mosquitto -m 600 vaka.conf /etc/mosquitto/conf.d/vaka.conf',
  },
];

const byDialect: Partial<Record<Dialect, readonly Step[]>> = {
  zigbee2mqtt: [
    {
      sv: 'Sätt last_seen: ISO_8601 under advanced i zigbee2mqtt: då behåller det som kommer sent sin tid, och det som kommer två gånger räknas en gång.',
      en: 'Set last_seen: ISO_8601 under advanced in zigbee2mqtt: then what comes late keeps its time, and what comes twice counts once.',
    },
    {
      sv: 'Slå på availability i zigbee2mqtt, så att en tyst givare syns.',
      en: 'Turn on availability in zigbee2mqtt, so that a silent sensor shows.',
    },
    {
      sv: 'Sätt qos: 1 under device_options i zigbee2mqtt, om din version har det.',
      en: 'Set qos: 1 under device_options in zigbee2mqtt, if your version has it.',
    },
  ],
  frigate: [
    {
      sv: 'Slå på mqtt i Frigate och peka på den här Mosquitto. Bilder skickas inte vidare.',
      en: 'Turn on mqtt in Frigate and point it at this Mosquitto. Pictures are not sent on.',
    },
  ],
  tasmota: [
    {
      sv: 'Ställ varje Tasmotas klocka på hemmets tid, med sommartid (Timezone 99): dess tider säger inte vilken zon de är i.',
      en: 'Set the clock of each Tasmota to the time at home, with summer time (Timezone 99): its times do not say which zone they are in.',
    },
  ],
  shelly: [
    {
      sv: 'Slå på MQTT i varje Shelly, med ”RPC status notifications” och ”Generic status update”.',
      en: 'Turn on MQTT in each Shelly, with “RPC status notifications” and “Generic status update”.',
    },
  ],
};

const last: readonly Step[] = [
  {
    sv: 'Starta om: sudo systemctl restart mosquitto',
    en: 'Restart it: sudo systemctl restart mosquitto',
  },
  {
    sv: 'Hemnoden visas som ansluten inom en minut. Om inte: sudo journalctl -u mosquitto, och /var/log/mosquitto/mosquitto.log.',
    en: 'The hub shows as connected within a minute. If not: sudo journalctl -u mosquitto, and /var/log/mosquitto/mosquitto.log.',
  },
];

/** What whoever installs the hub does, in order. */
export function bridgeSteps(dialects: ReadonlySet<Dialect>): Step[] {
  return [...first, ...[...dialects].flatMap((dialect) => byDialect[dialect] ?? []), ...last];
}
