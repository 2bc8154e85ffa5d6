import { faultTitles } from '../../gateway/protocol/device/fault-title.ts';
import { type Fault, faults, type FleetPage } from '../../gateway/protocol/device/fleet.ts';
import type { FleetWish } from '../api/fleet-api.ts';
import { useSpeech } from '../text/language-context.tsx';
import { FaultMark } from './fault-mark.tsx';

interface FaultFilterProps {
  page: FleetPage;
  chosen: FleetWish['fault'];
  onChoose: (fault: FleetWish['fault']) => void;
}

/** One press narrows the fleet to a fault; each says how many have it. */
export function FaultFilter({ page, chosen, onChoose }: FaultFilterProps) {
  const { words, say } = useSpeech();
  const said = words.fleet;
  const shown = faults.filter((fault) => page.faults[fault] > 0 || fault === chosen);
  const button = (
    value: FleetWish['fault'],
    { name, count, mark }: { name: string; count: number; mark?: Fault },
  ) => (
    <li key={value ?? 'all'}>
      <button
        type="button"
        className="fault-chip"
        aria-pressed={chosen === value}
        onClick={() => onChoose(value)}
      >
        {mark !== undefined && <FaultMark fault={mark} />}
        <span>{name}</span>
        <span className="count">{count}</span>
      </button>
    </li>
  );
  return (
    <ul className="fault-filter" aria-label={said.filters}>
      {button(undefined, { name: said.all, count: page.all })}
      {button('any', { name: said.any, count: page.all - page.sound })}
      {shown.map((fault) =>
        button(fault, { name: say(faultTitles[fault]), count: page.faults[fault], mark: fault }),
      )}
      {button('none', { name: said.none, count: page.sound })}
    </ul>
  );
}
