import { Page } from '../frame/page.tsx';
import { useWords } from '../text/language-context.tsx';
import { ReportNav } from './report-nav.tsx';

/** How the municipality's alerts were answered over a time. */
export function FollowUpPage() {
  const words = useWords();
  return (
    <Page title={words.report.title}>
      <ReportNav />
    </Page>
  );
}
