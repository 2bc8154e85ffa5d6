/** What technicians may see of a message that was refused: its shape, and no text that may name somebody. */
const mostCharacters = 1_000;
const mostDepth = 8;
const mostItems = 40;
/** Words such as `emergency`, `open`, `single_push`: short, small, without spaces. */
const plainWord = /^[a-z0-9][a-z0-9_.:+-]{0,23}$/;
/** A plain word, also one such as `ON`, with a number where it has one: `port 85`. */
const makersWord = /^([a-z][a-z0-9_.:+-]{0,23}|[A-Z_]{2,12})( \d{1,6})?$/;
/** Names and places may be plain words too. */
const tellsWho =
  /name|label|title|person|resident|patient|user|owner|face|speech|note|text|descr|friendly|plate|mail|phone|address|location|lat|lon|gps|coord/i;
/** A password is often a plain word, too. */
const isSecret = /pass|pwd|secret|token|credential|psk|ssid|^pin|^(?:api_?)?key$/i;
/** A Swedish personal identity number, with or without its century. */
const personalNumber = /^(?:\d{2})?\d{6}[-+]?\d{4}$/;

/**
 * Hides every text that may tell who or where. Numbers, truth values and plain words stay, and so do the names of fields.
 * Total: what is no JSON is answered as how long it was.
 */
export function redact(payload: Uint8Array): string {
  const text = new TextDecoder().decode(payload.subarray(0, 64 * 1_024));
  const value = parse(text);
  if (value === undefined) return plainWord.test(text) ? text : `(${payload.length} bytes)`;
  const shown = JSON.stringify(hide(value, '', 0)) ?? '';
  return shown.length <= mostCharacters ? shown : `${shown.slice(0, mostCharacters)}…`;
}

/** What a technician may see of a value that was not understood: a number, a word of a maker's, or a template; else `…`. */
export function redactExample(example: string): string {
  if (example === '' || makersWord.test(example) || /^\{\{.*\}\}$/s.test(example)) return example;
  const value = parse(example);
  return value === undefined ? '…' : (JSON.stringify(hide(value, '', 0)) ?? '…');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hide(value: unknown, name: string, depth: number): unknown {
  if (typeof value === 'string') return hideText(value, name);
  if (typeof value !== 'object' || value === null) return isTelling(name) ? '…' : value;
  if (depth === mostDepth) return '…';
  if (Array.isArray(value)) {
    return value.slice(0, mostItems).map((item) => hide(item, name, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, mostItems)
      .map(([key, inner]) => [hideKey(key), hide(inner, key, depth + 1)]),
  );
}

/** Fields are named by makers, but a few use what people call the thing. */
function hideKey(key: string): string {
  return /^[\w.$:-]{1,40}$/.test(key) ? key : '…';
}

function isTelling(name: string): boolean {
  return tellsWho.test(name) || isSecret.test(name);
}

function hideText(text: string, name: string): string {
  if (text === '') return text;
  const isPlain = plainWord.test(text) && !personalNumber.test(text);
  return isPlain && !isTelling(name) ? text : '…';
}
