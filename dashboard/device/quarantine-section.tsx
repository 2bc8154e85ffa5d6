import type { DeviceDetail } from '../../gateway/protocol/device/fleet.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { useWords } from '../text/language-context.tsx';

/** What it has said that could not be used, and why. */
export function QuarantineSection({ messages }: { messages: DeviceDetail['quarantine'] }) {
  const words = useWords();
  const said = words.fleet.device;
  if (messages.length === 0) return null;
  return (
    <section aria-labelledby="quarantine">
      <h2 id="quarantine">{said.quarantine}</h2>
      <p className="page-about">{said.quarantineAbout}</p>
      <ul className="rows">
        {messages.map(({ at, topic, reason, bytes, payload }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- several may come at the same instant.
          <li key={`${at} ${index}`} className="device-message">
            <p>
              <strong>{words.fromGateway(reason)}</strong>
            </p>
            <p className="label">
              <TimeAgo at={at} /> · {said.bytes(bytes)} · <code>{topic}</code>
            </p>
            {payload !== null && <pre className="device-payload">{payload}</pre>}
          </li>
        ))}
      </ul>
    </section>
  );
}
