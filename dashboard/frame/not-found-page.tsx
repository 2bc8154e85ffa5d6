import { Link } from 'react-router';

import { useWords } from '../text/language-context.tsx';
import { Page } from './page.tsx';

export function NotFoundPage() {
  const words = useWords();
  return (
    <Page title={words.notFound}>
      <Link to="/">{words.alert.toBoard}</Link>
    </Page>
  );
}
