import { useWords } from '../text/language-context.tsx';

export function SkipLink() {
  const words = useWords();
  return (
    <a
      className="skip-link"
      href="#content"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById('content')?.focus();
      }}
    >
      {words.skip}
    </a>
  );
}
