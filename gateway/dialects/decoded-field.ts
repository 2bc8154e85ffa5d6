import { fieldsOf, numberOf } from './loose-json.ts';

/** A value within a decoded message, and the words that lead to it. */
export interface Leaf {
  /** In small letters and with underscores, whatever the codec's taste: `door_open_status`, `motion_detected`. */
  name: string;
  /** The names above it. */
  within: readonly string[];
  value: unknown;
}

const maxLeaves = 200;
const maxDepth = 4;
const maxNameLength = 60;

/** Names that say nothing without the one above. */
const generic = new Set([
  'status',
  'state',
  'value',
  'event',
  'type',
  'detected',
  'count',
  'level',
  'alarm_status',
]);

/** The values of a decoded object, as far down as codecs nest them. */
export function leavesOf(object: unknown): readonly Leaf[] {
  const leaves: Leaf[] = [];
  gather(object, [], leaves);
  return leaves;
}

function gather(object: unknown, within: readonly string[], leaves: Leaf[]): void {
  for (const [key, value] of Object.entries(fieldsOf(object) ?? {})) {
    if (leaves.length >= maxLeaves) return;
    const own = plainName(key);
    const above = within.at(-1);
    if (fieldsOf(value) !== null) {
      if (within.length < maxDepth) gather(value, [...within, own], leaves);
      continue;
    }
    const name = above !== undefined && generic.has(own) ? `${above}_${own}` : own;
    leaves.push({ name, within, value });
  }
}

/** `DOOR_OPEN_STATUS`, `doorOpenStatus` and `door-open status` are one name. */
export function plainName(key: string): string {
  return key
    .slice(0, maxNameLength)
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
}

/** What a value can be about. */
export type Aspect =
  | 'contact'
  | 'motion'
  | 'presence'
  | 'bed'
  | 'leak'
  | 'smoke'
  | 'co'
  | 'tamper'
  | 'low-battery'
  | 'help'
  | 'button'
  | 'alarm'
  | 'fall'
  | 'room'
  | 'test'
  | 'battery'
  | 'battery-percent'
  | 'temperature'
  | 'humidity'
  | 'illuminance'
  | 'power'
  | 'named-event';

const names: readonly (readonly [Aspect, RegExp])[] = [
  [
    'contact',
    /^((is_)?open(ed)?(_status|_state)?|(door|window|gate|lid|magnet|reed|reed_switch|contact|door_contact|window_contact)(_is)?(_open(ed)?)?(_status|_state|_switch)?|contact_switch_status|open_close(_status)?)$/,
  ],
  [
    'motion',
    /^(pir|motion|movement)(_detected|_detection|_status|_state|_trigger|_event|_alarm)?$/,
  ],
  ['motion', /^(motion|movement|pir)_(event_)?count$/],
  [
    'presence',
    /^(occupancy|occupied|occupy|presence|human_presence|people_presence)(_status|_state|_detected)?$/,
  ],
  ['bed', /^((in_)?bed(_status|_state|_occupancy|_occupied)?|bed_presence)$/],
  [
    'leak',
    /^((water_?)?leak(age)?|flood(ed|ing)?|water_detected|wet|waterleak)(_\d)?(_status|_state|_detected|_alarm)?$/,
  ],
  ['smoke', /^(smoke|fire)(_status|_state|_detected|_alarm)?$/],
  ['co', /^(carbon_monoxide(_status|_state|_detected|_alarm)?|co_(status|state|detected|alarm))$/],
  ['tamper', /^(tamper(ed)?|anti_tamper|disassembled?)(_status|_state|_detected|_alarm)?$/],
  [
    'low-battery',
    /^(batt(ery)?_?(is_)?low|low_?batt(ery)?)(_status|_state|_alarm|_alert|_warning)?$/,
  ],
  [
    'help',
    /^(sos|panic|emergency|help|nurse_call|assistance|pull_?cord|distress)(_button|_call|_event|_mode)?(_status|_state|_alarm|_pressed|_triggered)?$/,
  ],
  [
    'button',
    /^((user_|push_)?button|press|click)(_event)?(_status|_state|_press|_pressed|_type)?$|^pressed$/,
  ],
  ['alarm', /^alarm(_status|_state|_flag|_active|_button)?$/],
  [
    'fall',
    /^(fall(en|_down)?|man_?down|target)(_status|_state|_detected|_detection|_event|_alarm)?$/,
  ],
  ['fall', /^fall_alarm_(alarm_)?status$/],
  ['room', /^detection_status$/],
  ['test', /^(self_)?test(_alarm|_button|_pressed|_mode|_event)?(_status|_state)?$/],
  ['battery-percent', /^(batt?(ery)?)_(level|percent(age)?|pct|soc|capacity|remaining)$/],
  ['battery', /^batt?(ery)?(_value|_status|_state)?$/],
  ['temperature', /^((air|ambient|room|indoor)_)?temp(erature)?(_?c|_celsius)?(_value|_sht)?$/],
  ['humidity', /^((air|ambient|room|indoor|relative)_)?hum(idity)?(_percent|_value|_sht)?$|^rh$/],
  // A level of light may be one of five, and energy is no power.
  [
    'illuminance',
    /^((ambient_)?(light|illuminance|illumination|illuminence|luminance|luminosity)|lux)(_lux|_lx|_value)?$/,
  ],
  ['power', /^(active_|instant_|total_active_)?power(_w|_watts?)?$|^watts?$/],
  [
    'named-event',
    /^(event|event_type|alarm_type|alert|alert_type|message_type|msg_type|trigger|action)$/,
  ],
];

const ofTheRoom: ReadonlySet<Aspect> = new Set<Aspect>([
  'temperature',
  'humidity',
  'illuminance',
  'power',
]);

/** What a value is about; null when its name says nothing known. */
export function aspectOf({ name, within }: Leaf): Aspect | null {
  const aspect = names.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
  // Of the soil or of a pipe is not of the room.
  const isElsewhere = within.some((above) => /^(soil|water|wind|board|pcb|config)/.test(above));
  return isElsewhere && aspect !== null && ofTheRoom.has(aspect) ? null : aspect;
}

const quiet =
  /^(sn|x|y|z|mod|rssi|snr|ext|node|model|device|time|date|dev_eui|port|f_?port)$|version|serial|firmware|hardware|count|duration|interval|times$|timestamp|use_time|uptime|ipso|lorawan|reset|device_status|^power|acc_|accel|lux|light|illumin|co2|tvoc|hcho|pm\d|press(ure)$|volt|_v$|_mv$|vdd|board|pcb|^region_|changed$|latitude|longitude|altitude|location|position|gps|coord|protocol|date_?code|sw_?ver|hw_?ver|raw|bytes|payload/;

/** Whether a value that is about nothing here is known to be of no interest. */
export function isQuiet({ name }: Leaf): boolean {
  return quiet.test(name);
}

const words = {
  contact: [/^(is )?(open(ed|ing)?)$/, /^(is )?(closed?|closing|shut)$/],
  motion: [
    /^(trigger(ed)?|motion|movement|detect(ed|ion)?|moving|active|occupied)$/,
    /^(normal|idle|no motion|none|clear(ed)?|inactive|vacant|no movement|stationary|not? (triggered|detected))$/,
  ],
  presence: [
    /^(occupied|present|presence|detected|person|people|busy|human in place)$/,
    /^(vacant|unoccupied|free|empty|absent|absence|no presence|none|no person|not? (occupied|detected))$/,
  ],
  bed: [/^(in bed|occupied|in|present)$/, /^(out of bed|vacant|unoccupied|out|absent|empty|left)$/],
  leak: [
    /^(water )?(leak(age|ing)?|wet|flood(ed|ing)?|water|detected|leak detected)$/,
    /^(normal|no ?leak(age)?|dry|none|clear(ed)?|not? (leaking|detected))$/,
  ],
  smoke: [
    /^(smoke|fire|detected|smoke detected|smoke alarm|fire alarm)$/,
    /^(normal|none|clear(ed)?|no ?(smoke|fire)|silent|standby|mute(d)?|not? detected)$/,
  ],
  co: [
    /^(co|detected|carbon monoxide)$/,
    /^(normal|none|clear(ed)?|no ?co|standby|not? detected)$/,
  ],
  tamper: [
    /^(tamper(ed)?|uninstalled|removed|disassembled|opened|open|dismantled)$/,
    /^(normal|installed|none|closed|ok|untampered|not? tampered)$/,
  ],
  'low-battery': [/^low$/, /^(normal|ok|good|high|full|none)$/],
  help: [
    /^(sos|panic|emergency|help|press(ed)?|(short|long|double|triple|single)( ?(press|click))?|click(ed)?|hold|push(ed)?|called)$/,
    /^(normal|idle|none|released?|no press|not pressed|clear(ed)?|no)$/,
  ],
  test: [/^(test(ing)?|press(ed)?)$/, /^(normal|none)$/],
} as const satisfies Record<string, readonly [RegExp, RegExp]>;

export type Wording = keyof typeof words;

const yes = /^(true|on|yes|1|alarm(ing)?|alert|active|triggered|alarm triggered)$/;
const no = /^(false|off|no|0|inactive|ok|normal|alarm deactivated|alarm ignored|deactivated)$/;

/** A text in small letters with single spaces. */
export function plainWord(text: string): string {
  return text
    .slice(0, 60)
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
}

/** Whether it is so, in the words of its aspect; null when the value says neither. */
export function isSo(value: unknown, wording: Wording): boolean | null {
  if (typeof value === 'boolean') return value;
  const number = numberOf(value);
  if (number !== null) return number === 1 ? true : number === 0 ? false : null;
  if (typeof value !== 'string') return null;
  const word = plainWord(value);
  const [so, notSo] = words[wording];
  if (so.test(word)) return true;
  if (notSo.test(word)) return false;
  if (yes.test(word)) return true;
  return no.test(word) ? false : null;
}

/** How sure a word for a fall is: `over` is what follows one, and `none` that there was none. */
export type FallWord = 'confirmed' | 'maybe' | 'over' | 'none';

/** What a word says of a fall; null when it says nothing of one. */
export function fallOf(value: unknown): FallWord | null {
  if (typeof value === 'boolean') return value ? 'confirmed' : 'none';
  const number = numberOf(value);
  if (number !== null) return number === 1 ? 'confirmed' : number === 0 ? 'none' : null;
  if (typeof value !== 'string') return null;
  const word = plainWord(value);
  if (/\b(no|not|none|normal|vacant|false|off|idle|inactive)\b/.test(word)) return 'none';
  if (
    /\b(exit|finish(ed)?|end(ed)?|clear(ed)?|recover(ed|y)?|cancel(l?ed)?|deactivated|ignored|dismissed|over)\b/.test(
      word,
    )
  ) {
    return 'over';
  }
  if (/\b(maybe|may|warn(ing)?|suspect(ed)?|possible|pre|potential|pending|detecting)\b/.test(word))
    return 'maybe';
  return /\bfall(en|s)?\b|man ?down|^(true|on|yes|alarm|calling|confirmed|detected|triggered|alarm triggered)$/.test(
    word,
  )
    ? 'confirmed'
    : null;
}
