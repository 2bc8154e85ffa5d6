import { readFile } from 'node:fs/promises';

import { field, listOf, textOf } from '../../gateway/dialects/loose-json.ts';
import { capabilitiesOf } from '../../gateway/dialects/zigbee2mqtt-bridge.ts';
import { readExposes } from '../../gateway/dialects/zigbee2mqtt-exposes.ts';
import { zigbee2mqtt } from '../../gateway/dialects/zigbee2mqtt.ts';

// Reads a file of definitions as zigbee2mqtt publishes them, and prints what each is taken for:
// node test/fixture-check/exposes.ts path/to/definitions.json

const [path] = process.argv.slice(2);
if (path === undefined) {
  process.stderr.write('Say which file of definitions to read.\n');
  process.exit(2);
}

const definitions = listOf(JSON.parse(await readFile(path, 'utf8')));
let failed = 0;

for (const [index, definition] of definitions.entries()) {
  const entry = {
    ieee_address: `0x${(index + 1).toString(16).padStart(16, '0')}`,
    type: 'EndDevice',
    friendly_name: `device ${index}`,
    manufacturer: field(definition, 'manufacturerName'),
    model_id: field(definition, 'modelID'),
    definition,
  };
  const payload = new TextEncoder().encode(JSON.stringify([entry]));
  const said = { topic: 'zigbee2mqtt/bridge/devices', payload, receivedAt: 0, timeZone: 'UTC' };
  const [found] = zigbee2mqtt.read(said, { get: () => undefined }).found ?? [];
  const profile = found?.profile ?? null;
  const derived = capabilitiesOf(readExposes(field(definition, 'exposes')));
  const shipped = profile?.source === null ? 'derived' : 'shipped';
  const missing = derived.filter((type) => profile?.capabilities.includes(type) !== true);
  const extra = (profile?.capabilities ?? []).filter(
    (type) => !derived.includes(type) && type !== 'link.measured',
  );
  const isWrong = profile === null || derived.includes('device.heartbeat') || missing.length > 0;
  if (isWrong || extra.length > 0) failed += 1;
  const columns = [
    textOf(field(definition, 'model'), 40) ?? '?',
    profile?.kind ?? 'nothing',
    shipped,
    profile?.supervision.class ?? '',
    profile?.capabilities.join(' ') ?? '',
    missing.length + extra.length === 0 ? '' : `missing ${missing.join()}, extra ${extra.join()}`,
  ];
  process.stdout.write(`${columns.join(' | ')}\n`);
}

process.stdout.write(`${definitions.length} definitions, ${failed} of them wrong.\n`);
process.exitCode = failed === 0 ? 0 : 1;
