import { Page } from '../frame/page.tsx';
import { ReportNav } from '../report/report-nav.tsx';
import { useWords } from '../text/language-context.tsx';

/** How the writing of history goes. */
export function TelemetryPage() {
  const words = useWords();
  return (
    <Page title={words.telemetry.title}>
      <ReportNav />
    </Page>
  );
}
