import { z } from 'zod';

import { ModelFile } from './model-file.ts';

/** JSON Schema (draft 7, as editors know it) of a file of device models. */
export function modelJsonSchema() {
  const { $schema, ...rest } = z.toJSONSchema(ModelFile, { io: 'input', target: 'draft-7' });
  const about = {
    $id: 'urn:vaka:schema:device-models:1',
    title: 'Vaka device models',
    description:
      'Models of devices: what they tell, how long they may be silent, what they run on.',
  };
  return { $schema, ...about, ...rest };
}
