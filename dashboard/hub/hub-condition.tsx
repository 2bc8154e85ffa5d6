import { FaultMark } from '../fleet/fault-mark.tsx';
import { useWords } from '../text/language-context.tsx';

import '../fleet/fleet.css';

/** Whether a hub is there, in a mark and a word. */
export function HubCondition({ connected }: { connected: boolean }) {
  const said = useWords().hub;
  if (connected) return <p>{said.connected}</p>;
  return (
    <p className="hub-away">
      <FaultMark fault="hub-away" />
      {said.away}
    </p>
  );
}
