import { join } from 'node:path';

import express, { type NextFunction, type Request, type Response, Router } from 'express';

const notBuilt =
  'The dashboard has not been built yet. Run `npm run build`, then load this page again.\n';
const yearMs = 31_536_000_000;

/** The dashboard's files; every other address that a browser asks for is a page within it. */
export function dashboard(folder: string): Router {
  const router = Router();

  function page(request: Request, response: Response, next: NextFunction): void {
    if (!isPage(request)) {
      next();
      return;
    }
    response.sendFile(join(folder, 'index.html'), { maxAge: 0 }, (error: unknown) => {
      if (error === undefined || response.headersSent) return;
      response.status(503).type('text/plain').send(notBuilt);
    });
  }

  // Vite puts a hash of the content into the names of assets.
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), { immutable: true, maxAge: yearMs, index: false }),
  );
  router.use(express.static(folder, { index: false }));
  router.use(page);
  return router;
}

function isPage({ method, path, headers }: Request): boolean {
  const isRead = method === 'GET' || method === 'HEAD';
  return isRead && path !== '/mqtt' && (headers.accept ?? '').includes('text/html');
}
