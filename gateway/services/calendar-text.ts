/** A property of a calendar file, such as `DTSTART;TZID=Europe/Stockholm:20261024T210000`. */
export interface Property {
  name: string;
  parameters: string;
  value: string;
  /** The line on which it begins. */
  line: number;
}

/** A `VEVENT` or `VTIMEZONE` as it stands in the file. */
export interface Block {
  line: number;
  properties: readonly Property[];
}

export interface CalendarText {
  events: readonly Block[];
  zones: readonly Block[];
}

const pattern = /^([\w-]+)((?:;[\w-]+=(?:"[^"]*"|[^":;])*)*):(.*)$/su;

/** Finds the events of a calendar file and where they stand, by RFC 5545, 3.1; other lines are passed over. */
export function splitCalendar(text: string): CalendarText {
  const events: Block[] = [];
  const zones: Block[] = [];
  let open: { kind: string; line: number; properties: Property[] } | null = null;
  for (const property of propertiesOf(text)) {
    const kind = property.value.trim().toUpperCase();
    if (open !== null && isEnd(property, open.kind)) {
      (open.kind === 'VEVENT' ? events : zones).push(open);
      open = null;
    } else if (open !== null) {
      open.properties.push(property);
    } else if (property.name === 'BEGIN' && (kind === 'VEVENT' || kind === 'VTIMEZONE')) {
      open = { kind, line: property.line, properties: [] };
    }
  }
  return { events: events.map(withoutAlarms), zones };
}

function isEnd({ name, value }: Property, kind: string): boolean {
  return name === 'END' && value.trim().toUpperCase() === kind;
}

/** An alarm within an event has times of its own, which are nobody's shift. */
function withoutAlarms({ line, properties }: Block): Block {
  let inner = 0;
  const own = properties.filter(({ name }) => {
    const isInner = inner > 0 || name === 'BEGIN';
    if (name === 'BEGIN') inner += 1;
    if (name === 'END') inner -= 1;
    return !isInner;
  });
  return { line, properties: own };
}

function propertiesOf(text: string): Property[] {
  const found: Property[] = [];
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\n|\r/u);
  for (let index = 0; index < lines.length; index += 1) {
    const line = index + 1;
    const parts = [lines[index] ?? ''];
    while (/^[ \t]/u.test(lines[index + 1] ?? '')) {
      index += 1;
      parts.push((lines[index] ?? '').slice(1));
    }
    const [, name = '', parameters = '', value = ''] = pattern.exec(parts.join('')) ?? [];
    if (name !== '') found.push({ name: name.toUpperCase(), parameters, value, line });
  }
  return found;
}

export function writeProperty({ name, parameters, value }: Property): string {
  return `${name}${parameters}:${value}`;
}

/** What a parameter of a property says, without its quotation marks. */
export function parameterOf({ parameters }: Property, name: string): string | null {
  const found = new RegExp(`;${name}=("[^"]*"|[^;]*)`, 'iu').exec(parameters);
  return found?.[1]?.replaceAll('"', '') ?? null;
}
