import type { TelemetryStatus } from '../../gateway/protocol/series/series.ts';
import { useWords } from '../text/language-context.tsx';

/** Homes that have withdrawn consent and are in a store that is not written to any more, and what to do about it. */
export function LeftBehind({ stores }: { stores: TelemetryStatus['leftBehind'] }) {
  const said = useWords().telemetry;
  if (stores.length === 0) return null;
  return (
    <section aria-labelledby="left-behind">
      <h2 id="left-behind">{said.leftTitle}</h2>
      <p>{said.leftAbout}</p>
      <ul className="rows">
        {stores.map(({ name, homes }) => (
          <li key={name} className="sink" data-state="waiting">
            <div className="sink-top">
              <h3>{said.names[name] ?? name}</h3>
              <strong className="sink-state">
                <span aria-hidden="true">!</span> {said.leftHomes(homes)}
              </strong>
            </div>
            <p>{said.leftAgain(name)}</p>
            <p>
              {said.leftForget} <code>vaka telemetry forget {name}</code>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
