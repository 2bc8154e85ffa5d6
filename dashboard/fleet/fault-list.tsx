import { faultTitles } from '../../gateway/protocol/device/fault-title.ts';
import type { Fault } from '../../gateway/protocol/device/fleet.ts';
import { useSpeech } from '../text/language-context.tsx';
import { FaultMark, weights } from './fault-mark.tsx';

import './fleet.css';

/** What is wrong with a device, in marks and words; or that nothing is. */
export function FaultList({ faults }: { faults: readonly Fault[] }) {
  const { words, say } = useSpeech();
  if (faults.length === 0) return <span className="fault-none">{words.fleet.well}</span>;
  return (
    <ul className="fault-list">
      {faults.map((fault) => (
        <li key={fault} data-weight={weights[fault]}>
          <FaultMark fault={fault} />
          {say(faultTitles[fault])}
        </li>
      ))}
    </ul>
  );
}
