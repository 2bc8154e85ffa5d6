import type { Picture } from '../../gateway/protocol/device/device-profile.ts';

/** Lines of a drawing, 24 by 24. */
const drawings: Record<Picture, string> = {
  button: 'M4 4h16v16H4zM12 8.5a3.5 3.5 0 1 0 .01 0z',
  pendant: 'M6 2l4 8M18 2l-4 8M12 10a5 5 0 1 0 .01 0zM12 13.5v3M10.5 15h3',
  contact: 'M5 3h9v18H5zM17 6h3v12h-3zM8 7h3',
  motion: 'M12 3a6 6 0 0 1 6 6v4H6V9a6 6 0 0 1 6-6zM4 17l2-1M20 17l-2-1M8 21l1-3M16 21l-1-3',
  radar: 'M4 4h7v16H4zM14 9a5 5 0 0 1 0 6M17 6a9 9 0 0 1 0 12',
  camera: 'M3 7h12v10H3zM15 11l6-3v8l-6-3M9 10a2 2 0 1 0 .01 0z',
  smoke: 'M3 5h18v4l-3 3H6L3 9zM8 16c2-1 2 1 4 0s2 1 4 0M8 20c2-1 2 1 4 0s2 1 4 0',
  co: 'M3 3h18v14H3zM10 8.5a2 2 0 1 0 0 3M14.5 8a2 2 0 1 0 .01 0zM8 21h8',
  water: 'M12 3c3 4 6 7 6 11a6 6 0 0 1-12 0c0-4 3-7 6-11zM9.5 15a2.5 2.5 0 0 0 2.5 2.5',
  thermometer: 'M10 14V5a2 2 0 0 1 4 0v9a4 4 0 1 1-4 0zM12 8v8M17 6h3M17 10h3',
  bed: 'M3 6v13M3 16h18M21 19v-7H3M6 12V9h6v3',
  plug: 'M5 5h14v14H5zM9.5 10v4M14.5 10v4',
  dispenser: 'M5 3h14v18H5zM8 6h8v5H8zM9 16h6',
  locator: 'M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11zM12 8a2 2 0 1 0 .01 0z',
  'tag-reader': 'M4 3h10v18H4zM7 16h4M17 8a5 5 0 0 1 0 8M19 5a9 9 0 0 1 0 14M9 7v4',
  hub: 'M3 12h18v8H3zM7 16h.01M11 16h.01M17 12V4M13 7a5 5 0 0 1 8 0',
  sensor: 'M5 5h14v14H5zM9 12h.01M12 12h.01M15 12h.01',
};

/** What to look for in the box; decorative, the name stands beside it. */
export function DevicePicture({ picture }: { picture: Picture }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="device-picture line-mark">
      <path d={drawings[picture]} />
    </svg>
  );
}
