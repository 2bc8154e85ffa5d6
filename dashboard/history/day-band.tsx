import { type ReactNode, useId } from 'react';

import { type Band, bandKinds, type HomeDay } from '../../gateway/protocol/history/home-day.ts';
import { shownBands } from '../../gateway/protocol/history/known-day.ts';
import { hourPlaces, type HourPlace } from './hour-place.ts';

/** The textures that tell bands apart without colour; once for each picture that uses them. */
export function BandPatterns({ id }: { id: string }) {
  return (
    <svg width="0" height="0" aria-hidden="true" className="band-patterns">
      <defs>
        <pattern id={`${id}-rest`} width="6" height="6" patternUnits="userSpaceOnUse">
          <rect width="6" height="6" className="band-rest-ground" />
        </pattern>
        <pattern id={`${id}-up`} width="4" height="4" patternUnits="userSpaceOnUse">
          <rect width="4" height="4" className="band-up-ground" />
          <rect width="2" height="4" className="band-up-ink" />
        </pattern>
        <pattern
          id={`${id}-away`}
          width="8"
          height="8"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="8" height="8" className="band-away-ground" />
          <rect width="2" height="8" className="band-away-ink" />
        </pattern>
        <pattern id={`${id}-unheard`} width="7" height="7" patternUnits="userSpaceOnUse">
          <rect width="7" height="7" className="band-unheard-ground" />
          <circle cx="3.5" cy="3.5" r="1.25" className="band-unheard-ink" />
        </pattern>
        <pattern id={`${id}-paused`} width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" className="band-paused-ground" />
          <rect width="8" height="1.5" y="3" className="band-paused-ink" />
        </pattern>
      </defs>
    </svg>
  );
}

/** So short a stretch is too narrow for a texture, of which it would show a dark or a light part by chance. */
const briefMs = 30 * 60_000;

function percent(share: number): string {
  return `${Math.round(share * 100_000) / 1_000}%`;
}

export interface DayBandProps {
  day: HomeDay;
  timeZone: string;
  /** Whose textures to draw with. */
  patterns: string;
  /** What has not been yet is left blank. */
  now: number;
}

/** A day from midnight to midnight as a picture; what it shows is said beside it. */
export function DayBand({ day, timeZone, patterns, now }: DayBandProps) {
  const share = (at: number) => Math.min(1, Math.max(0, (at - day.from) / (day.to - day.from)));
  return (
    <svg className="day-band" aria-hidden="true">
      {shownBands(day, now).map(({ kind, from, to, isEstimated }) => (
        <rect
          key={`${kind}-${from}`}
          className="band"
          data-kind={kind}
          data-estimated={isEstimated || undefined}
          data-brief={(kind === 'up' && to - from < briefMs) || undefined}
          x={percent(share(from))}
          width={percent(share(to) - share(from))}
          y={kind === 'up' ? '8%' : '18%'}
          height={kind === 'up' ? '84%' : '64%'}
          fill={`url(#${patterns}-${kind})`}
        />
      ))}
      {now < day.to && (
        <rect
          className="band-later"
          x={percent(share(now))}
          width={percent(1 - share(now))}
          y="0"
          height="100%"
        />
      )}
      {hourPlaces({ ...day, date: day.day }, timeZone).map(({ hour, share: place }) => (
        <line
          key={hour}
          className="band-hour"
          x1={percent(place)}
          x2={percent(place)}
          y1="0"
          y2="100%"
        />
      ))}
    </svg>
  );
}

/** The hours of a day; what the picture shows is said in words. */
export function HourScale({ hours }: { hours: readonly HourPlace[] }) {
  return (
    <div className="hour-scale" aria-hidden="true">
      {hours.map(({ hour, share }) => (
        <span key={hour} style={{ left: percent(share) }}>
          {String(hour).padStart(2, '0')}
        </span>
      ))}
    </div>
  );
}

/** A sample of one kind of band. */
function Sample({ kind, patterns }: { kind: Band['kind']; patterns: string }) {
  return (
    <svg className="band-sample" aria-hidden="true">
      <rect
        className="band"
        data-kind={kind}
        x="1"
        y="1"
        width="30"
        height="14"
        fill={`url(#${patterns}-${kind})`}
      />
    </svg>
  );
}

interface LegendProps {
  said: {
    legend: string;
    band: Record<Band['kind'], string>;
    bandAbout: Record<Band['kind'], string>;
    estimatedAbout: string;
    otherwise: string;
  };
  patterns: string;
  children?: ReactNode;
}

/** What each texture stands for, in words. */
export function BandLegend({ said, patterns, children }: LegendProps) {
  const id = useId();
  return (
    <div className="band-legend">
      <p id={id} className="visually-hidden">
        {said.legend}
      </p>
      <ul aria-labelledby={id}>
        {bandKinds.map((kind) => (
          <li key={kind}>
            <Sample kind={kind} patterns={patterns} />
            <span>
              <strong>{said.band[kind]}</strong> {said.bandAbout[kind]}
            </span>
          </li>
        ))}
        <li>
          <svg className="band-sample" aria-hidden="true">
            <rect className="band-blank" x="1" y="1" width="30" height="14" />
          </svg>
          {said.otherwise}
        </li>
      </ul>
      <p>{said.estimatedAbout}</p>
      {children}
    </div>
  );
}
