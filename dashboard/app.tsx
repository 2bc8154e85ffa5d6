import { lazy, type ReactNode, Suspense, useState } from 'react';
import {
  createBrowserRouter,
  createRoutesFromElements,
  Navigate,
  Outlet,
  Route,
  RouterProvider,
} from 'react-router';

import { AlertPage } from './alert/alert-page.tsx';
import { BoardPage } from './alert/board-page.tsx';
import { TechnicalPage, TestPage } from './alert/queue-page.tsx';
import { DeviceListPage } from './device/device-list-page.tsx';
import { mayTendFleet } from './device/permission.ts';
import { CrashGuard } from './frame/crash-guard.tsx';
import { destinationsOf, paths, seesBoard } from './frame/destination.ts';
import { Frame } from './frame/frame.tsx';
import { NotFoundPage } from './frame/not-found-page.tsx';
import { Page } from './frame/page.tsx';
import { WaitingPage } from './frame/waiting-page.tsx';
import { HomeListPage } from './home/home-list-page.tsx';
import { HomePage } from './home/home-page.tsx';
import { SessionProvider, useMe, useSession } from './session/session-context.tsx';
import { SignInPage } from './session/sign-in-page.tsx';
import { LiveProvider } from './stream/live-context.tsx';
import { LanguageProvider, useWords } from './text/language-context.tsx';
import { SchemeProvider } from './theme/scheme-context.tsx';

const RulePages = {
  List: lazy(async () => ({ default: (await import('./rule/rule-list-page.tsx')).RuleListPage })),
  One: lazy(async () => ({ default: (await import('./rule/rule-page.tsx')).RulePage })),
  Library: lazy(async () => ({ default: (await import('./rule/library-page.tsx')).LibraryPage })),
  Exchange: lazy(async () => ({
    default: (await import('./rule/exchange-page.tsx')).ExchangePage,
  })),
  OfHome: lazy(async () => ({
    default: (await import('./rule/home-rules-page.tsx')).HomeRulesPage,
  })),
  New: lazy(async () => ({ default: (await import('./rule/new-rule-page.tsx')).NewRulePage })),
};

const StaffPages = {
  Units: lazy(async () => ({ default: (await import('./unit/unit-page.tsx')).UnitPage })),
  Plan: lazy(async () => ({ default: (await import('./plan/plan-page.tsx')).PlanPage })),
  Policies: lazy(async () => ({ default: (await import('./policy/policy-page.tsx')).PolicyPage })),
  Roster: lazy(async () => ({ default: (await import('./roster/roster-page.tsx')).RosterPage })),
  Holds: lazy(async () => ({ default: (await import('./hold/hold-page.tsx')).HoldPage })),
  Endpoints: lazy(async () => ({
    default: (await import('./endpoint/endpoint-page.tsx')).EndpointPage,
  })),
};

const FleetPages = {
  Fleet: lazy(async () => ({ default: (await import('./fleet/fleet-page.tsx')).FleetPage })),
  Visits: lazy(async () => ({ default: (await import('./fleet/visit-page.tsx')).VisitPage })),
  Device: lazy(async () => ({ default: (await import('./device/device-page.tsx')).DevicePage })),
  Hubs: lazy(async () => ({ default: (await import('./hub/hub-list-page.tsx')).HubListPage })),
  Hub: lazy(async () => ({ default: (await import('./hub/hub-page.tsx')).HubPage })),
};

const DutyPages = {
  Own: lazy(async () => ({ default: (await import('./duty/duty-page.tsx')).DutyPage })),
  HandOver: lazy(async () => ({
    default: (await import('./duty/hand-over-page.tsx')).HandOverPage,
  })),
  Push: lazy(async () => ({ default: (await import('./push/push-page.tsx')).PushPage })),
};

const HistoryPages = {
  Weeks: lazy(async () => ({ default: (await import('./history/history-page.tsx')).HistoryPage })),
  Day: lazy(async () => ({ default: (await import('./history/day-page.tsx')).DayPage })),
};

const InstallPages = {
  Begin: lazy(async () => ({ default: (await import('./install/install-page.tsx')).InstallPage })),
  Flow: lazy(async () => ({ default: (await import('./install/flow-page.tsx')).InstallFlowPage })),
  Protocol: lazy(async () => ({
    default: (await import('./install/protocol-page.tsx')).ProtocolPage,
  })),
};

const ReportPages = {
  Benefit: lazy(async () => ({
    default: (await import('./benefit/benefit-page.tsx')).BenefitPage,
  })),
  Costs: lazy(async () => ({ default: (await import('./costs/cost-page.tsx')).CostPage })),
  FollowUp: lazy(async () => ({
    default: (await import('./report/follow-up-page.tsx')).FollowUpPage,
  })),
  Telemetry: lazy(async () => ({
    default: (await import('./telemetry/telemetry-page.tsx')).TelemetryPage,
  })),
};

const routes = (
  <Route element={<Shell />}>
    <Route path="/sign-in" element={<SignInPage />} />
    <Route element={<SignedIn />}>
      <Route element={<Frame />}>
        <Route index element={<StartPage />} />
        <Route path="technical" element={<TechnicalPage />} />
        <Route path="test" element={<TestPage />} />
        <Route path="alerts/:id" element={<AlertPage />} />
        <Route path="homes" element={<HomeListPage />} />
        <Route path="homes/:id" element={<HomePage />} />
        <Route path="devices" element={<EquipmentPage />} />
        <Route element={<OnDemand />}>
          <Route path="devices/:id" element={<FleetPages.Device />} />
          <Route path="visits" element={<FleetPages.Visits />} />
          <Route path="hubs" element={<FleetPages.Hubs />} />
          <Route path="hubs/:id" element={<FleetPages.Hub />} />
          <Route path="duty" element={<DutyPages.Own />} />
          <Route path="duty/:id" element={<DutyPages.HandOver />} />
          <Route path="notifications" element={<DutyPages.Push />} />
          <Route path="rules" element={<RulePages.List />} />
          <Route path="rules/:id" element={<RulePages.One />} />
          <Route path="rule-exchange" element={<RulePages.Exchange />} />
          <Route path="homes/:id/rules" element={<RulePages.OfHome />} />
          <Route path="homes/:id/history" element={<HistoryPages.Weeks />} />
          <Route path="homes/:id/history/:day" element={<HistoryPages.Day />} />
          <Route path="rule-library" element={<RulePages.Library />} />
          <Route path="rule-library/:templateId" element={<RulePages.New />} />
          <Route path="units" element={<StaffPages.Units />} />
          <Route path="plan" element={<StaffPages.Plan />} />
          <Route path="policies" element={<StaffPages.Policies />} />
          <Route path="roster" element={<StaffPages.Roster />} />
          <Route path="roster/:unitId" element={<StaffPages.Roster />} />
          <Route path="silences" element={<StaffPages.Holds />} />
          <Route path="endpoints" element={<StaffPages.Endpoints />} />
          <Route path="reports" element={<ReportPages.FollowUp />} />
          <Route path="reports/benefit" element={<ReportPages.Benefit />} />
          <Route path="reports/costs" element={<ReportPages.Costs />} />
          <Route path="telemetry" element={<ReportPages.Telemetry />} />
          <Route path="install" element={<InstallPages.Begin />} />
          <Route path="install/:id" element={<InstallPages.Flow />} />
          <Route path="install/:id/protocol" element={<InstallPages.Protocol />} />
        </Route>
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Route>
  </Route>
);

export function App() {
  const [router] = useState(() => createBrowserRouter(createRoutesFromElements(routes)));
  return (
    <LanguageProvider>
      <SchemeProvider>
        <CrashGuard>
          <RouterProvider router={router} />
        </CrashGuard>
      </SchemeProvider>
    </LanguageProvider>
  );
}

/** Within the router, which would otherwise show its own words when drawing fails. */
function Shell() {
  return (
    <CrashGuard>
      <SessionProvider>
        <Outlet />
      </SessionProvider>
    </CrashGuard>
  );
}

/** Pages that few need are fetched when they are opened: a carer's phone is spared them. */
function OnDemand() {
  return (
    <Fetching>
      <Outlet />
    </Fetching>
  );
}

function Fetching({ children }: { children: ReactNode }) {
  const words = useWords();
  return (
    <Suspense
      fallback={
        <Page title={words.vaka}>
          <output>{words.loading}</output>
        </Page>
      }
    >
      {children}
    </Suspense>
  );
}

/** The fleet, for those who look after it; a carer sees how the equipment of their homes is. */
function EquipmentPage() {
  const { role } = useMe();
  if (!mayTendFleet(role)) return <DeviceListPage />;
  return (
    <Fetching>
      <FleetPages.Fleet />
    </Fetching>
  );
}

function SignedIn() {
  const { state } = useSession();
  if (state.phase === 'out') return <Navigate to="/sign-in" replace />;
  if (state.phase === 'unknown') return <WaitingPage problem={state.problem} />;
  return (
    <LiveProvider key={state.me.id}>
      <Outlet />
    </LiveProvider>
  );
}

function StartPage() {
  const { role } = useMe();
  if (seesBoard(role)) return <BoardPage />;
  return <Navigate to={paths[destinationsOf(role)[0]]} replace />;
}
