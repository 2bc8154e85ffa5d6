import { AppError } from '../domain/errors.ts';
import type { BridgeInput } from '../protocol/device/hub.ts';

/** Where a hub's own broker sends to, and as whom. */
export interface BridgeTarget {
  hubId: string;
  secret: string;
  host: string;
  port: number;
  isTls: boolean;
}

type Source = BridgeInput['sources'][number];
type BridgedDialect = Source['dialect'];

/** What is sent of what a hub's software publishes: never pictures, speech or what is only for its own screens. */
interface Published {
  /** Empty: at the root. */
  base: string;
  patterns: readonly string[];
}

/** What Frigate calls the sounds that mean something here; what was said is not among them. */
const sounds = [
  'scream',
  'yell',
  'shout',
  'crying',
  'thump',
  'bang',
  'crash',
  'glass',
  'fire_alarm',
  'smoke_detector',
];

const published: Readonly<Record<BridgedDialect, Published>> = {
  // Names of devices may have any number of levels, so nothing narrower catches them all.
  zigbee2mqtt: { base: 'zigbee2mqtt', patterns: ['#'] },
  frigate: {
    base: 'frigate',
    patterns: [
      'events',
      'available',
      'stats',
      '+/status/detect',
      ...sounds.map((sound) => `+/audio/${sound}`),
    ],
  },
  tasmota: { base: '', patterns: ['tele/#', 'stat/#'] },
  shelly: { base: '', patterns: ['+/events/rpc', '+/status/#', '+/online'] },
  homeassistant: { base: '', patterns: ['homeassistant/#'] },
  homie: { base: 'homie', patterns: ['#'] },
  chirpstack: { base: '', patterns: ['application/+/device/+/event/+'] },
  tts: { base: '', patterns: ['v3/+/devices/+/up', 'v3/+/devices/+/join'] },
};

/** One line for each thing that is bridged: what, from where, to where. */
function topicLines(hubId: string, source: Source): string[] {
  const { base, patterns } = published[source.dialect];
  const own = source.baseTopic === undefined ? null : requireBase(source.baseTopic);
  const remote = `vaka/v1/${hubId}/${source.dialect}/`;
  if (source.dialect === 'homeassistant') {
    // Discovery stays where it is; the base is the tree in which the states are, told by its whole topics.
    return [...patterns, ...(own === null ? [] : [`${own}/#`])].map(
      (pattern) => `topic ${pattern} out 1 "" ${remote}`,
    );
  }
  const at = own ?? base;
  const local = at === '' ? '""' : `${at}/`;
  return patterns.map((pattern) => `topic ${pattern} out 1 ${local} ${remote}`);
}

/** Mosquitto reads a line word by word and knows no quotes, so some names cannot be written. */
function requireBase(baseTopic: string): string {
  const base = baseTopic.replace(/\/+$/, '');
  const isWritable = base !== '' && /^[^\s#+"\p{C}]+$/u.test(base);
  if (isWritable && !base.startsWith('$')) return base;
  throw new AppError(
    'invalid',
    `Mosquitto cannot bridge the topic "${baseTopic}": change it in the hub’s software to one without spaces that does not begin with $.`,
  );
}

/** The settings without explanations; each word of it is safe in a line of Mosquitto's configuration. */
function settingsOf(target: BridgeTarget, sources: readonly Source[]): Setting[] {
  const { hubId, secret, host, port, isTls } = target;
  return [
    {
      why: 'Kept on disk, so that nothing is lost while the connection is: some 100 000 messages.',
      lines: [
        'persistence true',
        'autosave_interval 30',
        'max_queued_messages 100000',
        'max_queued_bytes 67108864',
      ],
    },
    {
      why: 'What is published with QoS 0 is also kept and acknowledged.',
      lines: ['upgrade_outgoing_qos true', 'queue_qos0_messages true'],
    },
    {
      why: 'The connection to Vaka. The password is this hub’s own and is shown nowhere again.',
      lines: [
        'connection vaka',
        `address ${host}:${port}`,
        'bridge_protocol_version mqttv311',
        `remote_clientid ${hubId}`,
        `remote_username ${hubId}`,
        `remote_password ${secret}`,
        'cleansession false',
        'local_cleansession false',
        'notifications false',
        'try_private false',
        'bridge_attempt_unsubscribe false',
        'start_type automatic',
        'restart_timeout 2 60',
        'keepalive_interval 60',
      ],
    },
    ...(isTls
      ? [
          {
            why: 'With a certificate of your own authority: bridge_cafile and its file, instead of bridge_capath.',
            lines: ['bridge_capath /etc/ssl/certs', 'bridge_insecure false'],
          },
        ]
      : []),
    {
      why: 'What is sent, from where here, to where there.',
      lines: [...new Set(sources.flatMap((source) => topicLines(hubId, source)))],
    },
  ];
}

interface Setting {
  why: string;
  lines: readonly string[];
}

/**
 * What Mosquitto on the hub is to read. `compact` says the same without explanations.
 * @throws AppError `invalid` for a topic that Mosquitto cannot name.
 */
export function writeBridgeConfiguration(
  target: BridgeTarget,
  sources: readonly Source[],
): { text: string; compact: string } {
  const settings = settingsOf(target, sources);
  const paragraphs = settings.map(({ why, lines }) => [`# ${why}`, ...lines, ''].join('\n'));
  return {
    text: `# Vaka: bridge of ${target.hubId}\n\n${paragraphs.join('\n')}`,
    compact: `${settings.flatMap(({ lines }) => lines).join('\n')}\n`,
  };
}
