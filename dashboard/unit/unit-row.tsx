import { Button } from '@midas-ds/components/button';
import { Link } from 'react-router';

import type { UnitView } from '../../gateway/protocol/duty/unit.ts';
import { SeverityMark } from '../alert/severity-mark.tsx';
import { type Named, nameIn } from '../plan/names.ts';
import { useTold } from '../plan/use-told.ts';
import { clockWords } from '../plan/when.ts';
import { useWords } from '../text/language-context.tsx';

interface UnitRowProps {
  unit: UnitView;
  /** How many gaps the coming weeks have; null where it is not known. */
  gaps: number | null;
  endpoints: readonly Named[];
  municipalities: readonly Named[];
  onChange: (() => void) | null;
}

/** One unit: who is on duty in it now, whom it works for, and whether its roster has gaps. */
export function UnitRow({ unit, gaps, endpoints, municipalities, onChange }: UnitRowProps) {
  const words = useWords().plan;
  const serves = unit.serves.map((id) => nameIn(municipalities, id)).join(', ');
  const isTeam = unit.kind === 'team';
  return (
    <li className="unit-row">
      <div className="row-name">
        <strong>{unit.name}</strong>
        <span>{isTeam ? words.unit.duties[unit.duty] : words.unit.kinds['alarm-centre']}</span>
        {!unit.isOwn && <span>{words.unit.belongsTo(unit.municipality.name)}</span>}
        {serves !== '' && <span>{words.unit.servesNames(serves)}</span>}
      </div>
      <div>
        <span className="label">{words.unit.onDuty}</span>
        {isTeam ? <OnDuty unit={unit} /> : <Reached unit={unit} endpoints={endpoints} />}
      </div>
      <div className="unit-ways">
        {unit.isOwn && isTeam && (
          <>
            {unit.duty === 'check-in' && <GapState gaps={gaps} />}
            <Link
              className="row-link"
              to={`/roster/${encodeURIComponent(unit.id)}`}
              aria-label={words.unit.rosterOf(unit.name)}
            >
              {words.unit.roster}
            </Link>
          </>
        )}
        {onChange !== null && (
          <Button
            variant="secondary"
            size="medium"
            aria-label={words.changeOf(unit.name)}
            onPress={onChange}
          >
            {words.change}
          </Button>
        )}
      </div>
    </li>
  );
}

function OnDuty({ unit }: { unit: UnitView }) {
  const { unit: said } = useWords().plan;
  const told = useTold();
  if (unit.duty === 'always') return <p>{said.everyone(unit.members.length)}</p>;
  if (unit.onDuty.length === 0) {
    return (
      <p className="state-line">
        <SeverityMark severity="high" /> {said.nobody}
      </p>
    );
  }
  return (
    <ul>
      {unit.onDuty.map(({ id, name, until }) => (
        <li key={id}>{said.onDutyUntil(name, clockWords(until, told))}</li>
      ))}
    </ul>
  );
}

function Reached({ unit, endpoints }: { unit: UnitView; endpoints: readonly Named[] }) {
  const { unit: said } = useWords().plan;
  const found = endpoints.find(({ id }) => id === unit.endpointId);
  return <p>{found === undefined ? said.byWebhookUnknown : said.byWebhook(found.name)}</p>;
}

function GapState({ gaps }: { gaps: number | null }) {
  const { unit: said } = useWords().plan;
  if (gaps === null) return null;
  if (gaps === 0) return <span className="label">{said.noGaps}</span>;
  return (
    <span className="state-line">
      <SeverityMark severity="high" /> {said.gaps(gaps)}
    </span>
  );
}
