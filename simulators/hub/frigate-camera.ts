import { between, type Dice } from '../dice.ts';
import { drawJpeg } from './jpeg.ts';

/** An object that Frigate follows. Times are in epoch milliseconds here, and in seconds with fractions on the wire. */
export interface Seen {
  id: string;
  startAt: number;
  frameAt: number;
  endAt: number | null;
  score: number;
  zones: readonly string[];
  /** The zones that it comes into next. */
  ahead: readonly string[];
  nextAt: number;
  goneAt: number;
}

export interface FrigateCamera {
  isLive: boolean;
  seen: Seen | null;
  /** When the sound that is heard ends; Infinity: none is. */
  quietAt: number;
  sound: string;
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A person who has just come into the picture; its id is its first time and six letters, as Frigate makes them. */
export function newObject(
  at: number,
  dice: Dice,
  way: Pick<Seen, 'ahead' | 'nextAt' | 'goneAt'>,
): Seen {
  const mark = Array.from({ length: 6 }, () => letters[Math.floor(dice() * letters.length)]);
  return {
    ...way,
    id: `${secondsOf(at).toFixed(6)}-${mark.join('')}`,
    startAt: at,
    frameAt: at,
    endAt: null,
    score: between(dice, 0.7, 0.85),
    zones: [],
  };
}

function secondsOf(at: number): number {
  return at / 1_000;
}

/** What `frigate/events` says: how the object was before, and how it is now. */
export function eventOf(
  type: 'new' | 'update' | 'end',
  camera: string,
  before: Seen,
  after: Seen,
): object {
  return { type, before: objectOf(camera, before), after: objectOf(camera, after) };
}

function objectOf(camera: string, seen: Seen): object {
  const box = boxOf(seen);
  const [left, top, right, bottom] = box;
  return {
    id: seen.id,
    camera,
    frame_time: secondsOf(seen.frameAt),
    snapshot: null,
    label: 'person',
    sub_label: null,
    top_score: seen.score,
    false_positive: false,
    start_time: secondsOf(seen.startAt),
    end_time: seen.endAt === null ? null : secondsOf(seen.endAt),
    score: seen.score,
    box,
    area: (right - left) * (bottom - top),
    ratio: (right - left) / (bottom - top),
    region: [0, 0, 320, 320],
    current_zones: seen.zones.slice(-1),
    entered_zones: seen.zones,
    thumbnail: null,
    has_snapshot: true,
    has_clip: false,
    active: true,
    stationary: false,
    motionless_count: 0,
    position_changes: seen.zones.length,
    attributes: {},
    current_attributes: [],
  };
}

const squares = { wide: 20, high: 12 };

/** Each zone is a step further into the room. */
function boxOf({ zones }: Seen): [number, number, number, number] {
  const left = 24 + zones.length * 40;
  return [left, 24, left + 24, 80];
}

/** A dark room with somebody lighter in it. */
export function whatIsSeen(seen: Seen): Uint8Array {
  const [left, top, right, bottom] = boxOf(seen).map((edge) => edge / 8) as [
    number,
    number,
    number,
    number,
  ];
  return drawJpeg(
    Array.from({ length: squares.high }, (_, y) =>
      Array.from({ length: squares.wide }, (__, x) => {
        const isPerson = x >= left && x < right && y >= top && y < bottom;
        const isFloor = y >= squares.high - 3;
        if (isPerson) return 190;
        return isFloor ? 70 : 40;
      }),
    ),
  );
}

/** What `frigate/stats` says of the cameras and of Frigate itself. */
export function statsOf(cameras: ReadonlyMap<string, FrigateCamera>, at: number): object {
  const each = [...cameras].map(([name, { isLive }], index) => [
    name,
    {
      camera_fps: isLive ? 5.1 : 0,
      process_fps: isLive ? 5.1 : 0,
      skipped_fps: 0,
      detection_fps: isLive ? 0.4 : 0,
      detection_enabled: true,
      pid: 300 + index,
      capture_pid: 320 + index,
      ffmpeg_pid: 340 + index,
    },
  ]);
  return {
    cameras: Object.fromEntries(each),
    detectors: { cpu: { inference_speed: 12.4, detection_start: 0, pid: 290 } },
    detection_fps: 0.4,
    service: { uptime: Math.round(at / 1_000) % 1_000_000, version: '0.16.1' },
  };
}
