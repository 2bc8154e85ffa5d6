import { once } from 'node:events';

import { createBroker } from '../../broker/broker.ts';
import { offerTask } from './task.ts';

/** Our front door with nothing behind it: everybody may come in, and what they say is acknowledged at once. */
offerTask(async (_order: null, { ready, signal }) => {
  const broker = createBroker({
    host: '127.0.0.1',
    port: 0,
    limits: { messages: { perSecond: 100_000, burst: 100_000 } },
    verify: async () => null,
    accept: async () => ({ refused: null }),
  });
  const { port } = await broker.start();
  ready(port);
  await once(signal, 'abort');
  await broker.stop();
  return null;
});
