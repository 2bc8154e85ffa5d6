import { useWords } from '../text/language-context.tsx';

/** That nothing is followed here, why, and who can change that. */
export function NoConsent({ homeId }: { homeId: string }) {
  const { consent } = useWords().history;
  return (
    <section aria-labelledby="no-consent" className="no-consent">
      <h2 id="no-consent">{consent.title}</h2>
      <p>{consent.why}</p>
      <p>
        {consent.how} <code>vaka consent give --home {homeId} --purpose statistics</code>
      </p>
    </section>
  );
}
