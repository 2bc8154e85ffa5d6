import { writeFile } from 'node:fs/promises';

import { modelJsonSchema } from './json-schema.ts';

await writeFile(
  new URL('device-model.schema.json', import.meta.url),
  `${JSON.stringify(modelJsonSchema(), null, 2)}\n`,
);
