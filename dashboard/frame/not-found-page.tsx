import { useWords } from '../text/language-context.tsx';
import { Page } from './page.tsx';
import { WayOn } from './way-on.tsx';

export function NotFoundPage() {
  const words = useWords();
  return (
    <Page title={words.notFound}>
      <WayOn />
    </Page>
  );
}
