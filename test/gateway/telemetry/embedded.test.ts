import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import { createEmbeddedQuery } from '../../../gateway/telemetry/embedded-query.ts';
import { createEmbeddedSink } from '../../../gateway/telemetry/embedded.ts';
import { openTelemetryFile } from '../../../gateway/telemetry/telemetry-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { describeTelemetry } from './telemetry.contract.ts';

describeTelemetry(async () => {
  const path = join(await temporaryFolder(), 'telemetry.db');
  const file = openTelemetryFile(path, { readOnly: false });
  const read = openTelemetryFile(path, { readOnly: true });
  onTestFinished(() => {
    read.close();
    file.close();
  });
  return { sink: createEmbeddedSink(file), query: createEmbeddedQuery(read) };
});
