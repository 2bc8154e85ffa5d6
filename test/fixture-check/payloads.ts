import { readFileSync } from 'node:fs';
import { argv, stdout } from 'node:process';

import { z } from 'zod';

import { dialects } from '../../gateway/dialects/list.ts';
import type { Interpretation } from '../../gateway/domain/dialect.ts';

/**
 * Shows beside each other what recorded messages are said to mean and what we read in them, for a person to judge:
 * `node test/fixture-check/payloads.ts payloads.json`. Each is read as the first that its hub ever sent.
 */
const Entry = z.looseObject({
  id: z.string(),
  family: z.string(),
  source: z.string().default(''),
  topic: z.string().nullable(),
  payload: z.unknown(),
  reading: z.string(),
  trap: z.string().nullable().optional(),
});
type Entry = z.infer<typeof Entry>;

const CodecExample = z.looseObject({
  input: z.looseObject({ fPort: z.number().optional(), frm_payload_base64: z.string().optional() }),
  output: z.looseObject({}),
});

const receivedAt = Date.UTC(2026, 10, 22, 12);
const eui = '70b3d57ed0012345';

/** A message as it would come to us: with our prefix before the hub's own topic. */
interface Message {
  topic: string;
  text: string;
}

function messageOf(entry: Entry): Message {
  const example = CodecExample.safeParse(entry.payload);
  if (example.success) return uplinkOf(entry, example.data);
  const payload = entry.payload;
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload ?? '');
  return { topic: ourTopic(entry.family, entry.topic ?? ''), text };
}

/** What a codec made of bytes, in a message of the network server that would have run it. */
function uplinkOf(entry: Entry, { input, output }: z.infer<typeof CodecExample>): Message {
  const ofRepository = /vendor\/([^/]+)\/([^/]+?)-codec\.yaml/.exec(entry.source);
  const brand = ofRepository?.[1] ?? null;
  const model =
    ofRepository?.[2] ?? /([^/]+)\/README\.md$/.exec(entry.source.split(' ')[1] ?? '')?.[1];
  const data = input.frm_payload_base64 ?? 'AA==';
  const at = new Date(receivedAt - 1_000).toISOString();
  if (entry.family.includes('tts')) {
    return {
      topic: `tts/v3/app@tenant/devices/${entry.id}/up`,
      text: JSON.stringify({
        end_device_ids: { device_id: 'device-1', dev_eui: eui.toUpperCase() },
        received_at: at,
        uplink_message: {
          f_port: input.fPort,
          f_cnt: 7,
          frm_payload: data,
          ...(output['data'] === undefined
            ? { errors: output['errors'] }
            : { decoded_payload: output['data'] }),
          rx_metadata: [{ rssi: -71, snr: 9 }],
          received_at: at,
          version_ids: { brand_id: brand, model_id: model },
        },
      }),
    };
  }
  return {
    topic: `chirpstack/application/1/device/${eui}/event/up`,
    text: JSON.stringify({
      deduplicationId: '3ac7e3c4-4401-4b8d-9386-a5c902f9202d',
      time: at,
      deviceInfo: { deviceProfileName: model ?? 'unknown', deviceName: 'device-1', devEui: eui },
      fCnt: 7,
      fPort: input.fPort,
      data,
      object: output['data'] ?? output,
      rxInfo: [{ rssi: -71, snr: 9 }],
    }),
  };
}

/** Hubs are bridged with their software's name before their own topic; a base that is not the default is mapped to it. */
function ourTopic(family: string, topic: string): string {
  const local = topic.trim().replace(/^\/+/, '');
  if (family.includes('frigate')) return underBase('frigate', local);
  if (family.includes('zigbee2mqtt')) return underBase('zigbee2mqtt', local);
  if (family.includes('homie')) return underBase('homie', local);
  if (family.includes('chirpstack')) return `chirpstack/${local}`;
  if (family.includes('tts')) return `tts/${local}`;
  if (family.includes('senml')) return local.startsWith('senml') ? local : `senml/${local}`;
  const [software = ''] = family.split(/[ /]/);
  return local.startsWith(`${software}/`) && software !== 'homeassistant'
    ? local
    : `${software}/${local}`;
}

function underBase(base: string, topic: string): string {
  return topic.startsWith(`${base}/`) ? topic : `${base}/${topic.split('/').slice(1).join('/')}`;
}

function read(message: Message): { name: string; told: Interpretation } | null {
  const dialect = dialects.find(({ speaks }) => speaks(message.topic));
  if (dialect === undefined) return null;
  const payload = new TextEncoder().encode(message.text);
  const said = { topic: message.topic, payload, receivedAt, timeZone: 'Europe/Stockholm' };
  return { name: dialect.name, told: dialect.read(said, { get: () => undefined }) };
}

function linesOf({ readings, refused, notUnderstood = [], gone = [] }: Interpretation): string[] {
  return [
    ...readings.map(({ type, data, time, source, isHistory }) =>
      [
        type,
        Object.keys(data).length === 0 ? '' : JSON.stringify(data),
        source === undefined ? '(itself)' : `of ${source}`,
        time === null ? '' : new Date(time).toISOString(),
        isHistory === true ? 'HISTORY' : '',
      ]
        .filter((part) => part !== '')
        .join(' '),
    ),
    ...gone.map((address) => `gone: ${address}`),
    ...notUnderstood.map(({ what, example }) => `not understood: ${what} = ${example}`),
    ...refused.map((reason) => `refused: ${reason}`),
  ];
}

const [, , path] = argv;
if (path === undefined) throw new Error('Say which file: node test/fixture-check/payloads.ts FILE');
for (const entry of z.array(Entry).parse(JSON.parse(readFileSync(path, 'utf8')))) {
  const message = messageOf(entry);
  const found = read(message);
  const lines = found === null ? ['nothing reads this topic'] : linesOf(found.told);
  stdout.write(`${entry.id}  [${found?.name ?? '-'}]  ${message.topic}\n`);
  stdout.write(`  expected: ${entry.reading}${entry.trap ? ` (trap: ${entry.trap})` : ''}\n`);
  for (const line of lines.length === 0 ? ['nothing'] : lines)
    stdout.write(`  read:     ${line}\n`);
}
