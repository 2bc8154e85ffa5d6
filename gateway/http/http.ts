import { randomUUID } from 'node:crypto';

import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Logger } from 'pino';

import { AppError } from '../domain/errors.ts';
import type { Reading } from '../domain/reading.ts';
import { type AlertDependencies, alertRoutes } from './alert-route.ts';
import {
  type ArrangementDependencies,
  arrangementLimit,
  arrangementPaths,
  arrangementRoutes,
} from './arrangement-route.ts';
import {
  type BacktestDependencies,
  backtestPaths,
  backtestRoutes,
  sourceLimit,
} from './backtest-route.ts';
import { type CostDependencies, costRoutes } from './cost-route.ts';
import { dashboard } from './dashboard.ts';
import { deviceRoutes } from './device-route.ts';
import { type DutyDependencies, dutyRoutes } from './duty-route.ts';
import { type EndpointDependencies, endpointRoutes } from './endpoint-route.ts';
import { refuseExposed } from './exposure.ts';
import { type FleetDependencies, fleetRoutes } from './fleet-route.ts';
import { type HistoryDependencies, historyRoutes } from './history-route.ts';
import { type HoldDependencies, holdRoutes } from './hold-route.ts';
import { type HomeDependencies, homeRoutes } from './home-route.ts';
import { type HubDependencies, hubRoutes } from './hub-route.ts';
import { type IdentityDependencies, identityRoutes, provisioningPath } from './identity-route.ts';
import { type InstallationDependencies, installationRoutes } from './installation-route.ts';
import { withOpenapi } from './openapi.ts';
import { type OperationDependencies, operationRoutes } from './operation-route.ts';
import { createErrorHandler } from './problem.ts';
import { type PushDependencies, pushRoutes } from './push-route.ts';
import { limitProvisioning, limitRequests, limitSignIns, limitUplinks } from './rate-limit.ts';
import { type ReportDependencies, reportRoutes } from './report-route.ts';
import { type RosterDependencies, rosterLimit, rosterPath, rosterRoutes } from './roster-route.ts';
import type { Route } from './route.ts';
import { importLimit, importPath, type RuleDependencies, ruleRoutes } from './rule-route.ts';
import { securityHeaders } from './security-header.ts';
import { type SessionDependencies, sessionPath, sessionRoutes } from './session-route.ts';
import { type TelemetryDependencies, telemetryRoutes } from './telemetry-route.ts';
import { type UnitDependencies, unitRoutes } from './unit-route.ts';
import { uplinkBody, type UplinkDependencies, uplinkPath, uplinkRoutes } from './uplink-route.ts';

export interface HttpDependencies
  extends
    SessionDependencies,
    Omit<AlertDependencies, 'reading'>,
    Omit<HomeDependencies, 'reading'>,
    FleetDependencies,
    HistoryDependencies,
    CostDependencies,
    RuleDependencies,
    BacktestDependencies,
    ReportDependencies,
    EndpointDependencies,
    PushDependencies,
    TelemetryDependencies,
    UnitDependencies,
    ArrangementDependencies,
    DutyDependencies,
    RosterDependencies,
    HoldDependencies,
    InstallationDependencies,
    HubDependencies,
    IdentityDependencies,
    UplinkDependencies,
    OperationDependencies {
  reading: Reading;
  log: Logger;
  /** Where `vite build` puts the dashboard. */
  dashboardFolder: string;
  /** How many proxies in front of us to believe about whom they speak for. */
  proxies: number;
  /** Whose secrets may come without TLS. */
  plainFor: 'loopback' | 'anyone';
}

const readingMethods = ['GET', 'HEAD', 'OPTIONS'];

/** What devices and network servers send: they have no page, and prove themselves in each request. */
const pagelessPaths: readonly string[] = [uplinkPath, provisioningPath];

/** The whole HTTP side: hand it to `http.createServer`. */
export function createHttp(dependencies: HttpDependencies): Express {
  const { gate, proxies, plainFor, log, dashboardFolder } = dependencies;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', proxies === 0 ? false : proxies);
  app.set('query parser', 'simple');

  app.use(numberRequest, securityHeaders(gate.isHttps));
  app.use('/api', noStore, limitRequests(), requireOwnOrigin);
  app.use([uplinkPath, provisioningPath], refuseExposed({ plainFor, isHttps: gate.isHttps }));
  app.use(uplinkPath, limitUplinks(), uplinkBody());
  app.use(importPath, express.json({ limit: importLimit }));
  app.use(backtestPaths, express.json({ limit: sourceLimit }));
  app.use(rosterPath, express.json({ limit: rosterLimit }));
  app.use(arrangementPaths, express.json({ limit: arrangementLimit }));
  app.use('/api', express.json({ limit: '32kb' }));
  app.post(sessionPath, ...limitSignIns());
  app.post(provisioningPath, ...limitProvisioning());
  for (const route of routesOf(dependencies)) addRoute(route);
  app.use('/api', () => {
    throw new AppError('not-found', 'There is nothing at this address; see /api/openapi.json.');
  });
  app.use(dashboard(dashboardFolder));
  app.use(() => {
    throw new AppError('not-found', 'There is nothing at this address.');
  });
  app.use(createErrorHandler(log));
  return app;

  function requireOwnOrigin(request: Request, _response: Response, next: NextFunction): void {
    const needsPage = !readingMethods.includes(request.method) && !isPageless(request);
    if (needsPage && !gate.isOwnOrigin(request)) {
      throw new AppError('forbidden', gate.explainOrigin(request));
    }
    next();
  }

  function addRoute(route: Route): void {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app[route.method](path, async (request, response) => {
      if (route.access === 'anyone') {
        await route.handle(request, response);
        return;
      }
      const signedIn = await gate.authenticate(request);
      if (signedIn === null) throw new AppError('unauthenticated', 'Sign in first.');
      await route.handle(request, response, signedIn.account);
    });
  }
}

/** Every route there is, the description of them included. */
export function routesOf(dependencies: HttpDependencies): Route[] {
  const routes = [
    ...sessionRoutes(dependencies),
    ...alertRoutes(dependencies),
    ...homeRoutes(dependencies),
    ...deviceRoutes(dependencies),
    ...fleetRoutes(dependencies),
    ...historyRoutes(dependencies),
    ...costRoutes(dependencies),
    ...ruleRoutes(dependencies),
    ...backtestRoutes(dependencies),
    ...reportRoutes(dependencies),
    ...endpointRoutes(dependencies),
    ...pushRoutes(dependencies),
    ...unitRoutes(dependencies),
    ...arrangementRoutes(dependencies),
    ...dutyRoutes(dependencies),
    ...rosterRoutes(dependencies),
    ...holdRoutes(dependencies),
    ...installationRoutes(dependencies),
    ...hubRoutes(dependencies),
    ...identityRoutes(dependencies),
    ...uplinkRoutes(dependencies),
    ...telemetryRoutes(dependencies),
    ...operationRoutes(dependencies),
  ];
  return withOpenapi(routes, dependencies.gate.cookieName);
}

/** What a browser sends of itself has an origin, and so is held to it here too. */
function isPageless({ originalUrl, headers }: Request): boolean {
  const [path = ''] = originalUrl.split('?');
  return (
    headers.origin === undefined &&
    pagelessPaths.some((own) => path === own || path.startsWith(`${own}/`))
  );
}

function numberRequest(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('X-Request-Id', randomUUID());
  next();
}

function noStore(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}
