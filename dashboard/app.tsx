import { BrowserRouter, Navigate, Outlet, Route, Routes } from 'react-router';

import { AlertPage } from './alert/alert-page.tsx';
import { BoardPage } from './alert/board-page.tsx';
import { TechnicalPage } from './alert/technical-page.tsx';
import { DeviceListPage } from './device/device-list-page.tsx';
import { CrashGuard } from './frame/crash-guard.tsx';
import { destinationsOf, paths, seesBoard } from './frame/destination.ts';
import { Frame } from './frame/frame.tsx';
import { NotFoundPage } from './frame/not-found-page.tsx';
import { WaitingPage } from './frame/waiting-page.tsx';
import { HomeListPage } from './home/home-list-page.tsx';
import { HomePage } from './home/home-page.tsx';
import { SessionProvider, useMe, useSession } from './session/session-context.tsx';
import { SignInPage } from './session/sign-in-page.tsx';
import { LiveProvider } from './stream/live-context.tsx';
import { LanguageProvider } from './text/language-context.tsx';
import { SchemeProvider } from './theme/scheme-context.tsx';

export function App() {
  return (
    <LanguageProvider>
      <SchemeProvider>
        <CrashGuard>
          <BrowserRouter>
            <SessionProvider>
              <Routes>
                <Route path="/sign-in" element={<SignInPage />} />
                <Route element={<SignedIn />}>
                  <Route element={<Frame />}>
                    <Route index element={<StartPage />} />
                    <Route path="technical" element={<TechnicalPage />} />
                    <Route path="alerts/:id" element={<AlertPage />} />
                    <Route path="homes" element={<HomeListPage />} />
                    <Route path="homes/:id" element={<HomePage />} />
                    <Route path="devices" element={<DeviceListPage />} />
                    <Route path="*" element={<NotFoundPage />} />
                  </Route>
                </Route>
              </Routes>
            </SessionProvider>
          </BrowserRouter>
        </CrashGuard>
      </SchemeProvider>
    </LanguageProvider>
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
