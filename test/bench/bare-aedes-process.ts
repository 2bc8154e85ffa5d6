import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

import { Aedes } from 'aedes';

import { offerTask } from './task.ts';

/** Aedes as it comes: no hooks, nothing stored. What a broker of our kind can do at best. */
offerTask(async (_order: null, { ready, signal }) => {
  const aedes = await Aedes.createBroker();
  const server = createServer({ noDelay: true }, aedes.handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ready((server.address() as AddressInfo).port);
  await once(signal, 'abort');
  server.close();
  await new Promise<void>((resolve) => {
    aedes.close(resolve);
  });
  return null;
});
