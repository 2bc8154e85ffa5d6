import { z } from 'zod';

import { DeviceProfile } from './device-profile.ts';

/** A file of models, usually those of one vendor. */
export const ModelFile = z.strictObject({
  /** Where editors find the schema. */
  $schema: z.string(),
  models: z.array(DeviceProfile),
});
