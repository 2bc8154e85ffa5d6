/** Where in Homie's tree a message stands. */
export type HomieTopic =
  | { kind: 'device'; device: string; attribute: string; name: string }
  | { kind: 'node'; device: string; node: string; attribute: string }
  | { kind: 'property'; device: string; path: string; attribute: string }
  | { kind: 'value'; device: string; path: string };

/**
 * The parts of a topic of Homie 3 and 4 (`homie/<device>/…`) or 5 (`homie/5/<device>/…`); null for commands and
 * broadcasts, which are said by others than the device, and for what is no Homie.
 */
export function homieTopic(topic: string): HomieTopic | null {
  const [, ...all] = topic.split('/');
  const isFive = all[0] === '5' && !/^\$(?!broadcast$)/.test(all[1] ?? '$');
  const [device, ...rest] = isFive ? all.slice(1) : all;
  if (device === undefined || device === '' || device.startsWith('$')) return null;
  if (rest.length === 0 || rest.length > 3 || rest.includes('')) return null;
  return partOf(device, rest);
}

function partOf(device: string, levels: readonly string[]): HomieTopic | null {
  const [first = '', second, third] = levels;
  if (first.startsWith('$')) {
    return { kind: 'device', device, attribute: first, name: levels.slice(1).join('/') };
  }
  if (second === undefined) return null;
  if (second.startsWith('$')) return { kind: 'node', device, node: first, attribute: second };
  const path = `${first}/${second}`;
  if (third === undefined) return { kind: 'value', device, path };
  return third.startsWith('$') ? { kind: 'property', device, path, attribute: third } : null;
}
