import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { encodeQR } from 'qr';

const width = 640;
const height = 480;
const dotsPerModule = 8;
const dark = 24;
const light = 220;
const grey = 128;

/** Writes a film (YUV4MPEG2) in which a paper with a QR code is held before a grey wall; answers where it is. */
export async function filmOfCode(text: string, folder: string): Promise<string> {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
  const side = rows.length * dotsPerModule;
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  const luma = Buffer.alloc(width * height, grey);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const isDark = rows[Math.floor(y / dotsPerModule)]?.[Math.floor(x / dotsPerModule)] === true;
      luma[(top + y) * width + left + x] = isDark ? dark : light;
    }
  }
  const colour = Buffer.alloc((width * height) / 2, grey);
  const frame = [Buffer.from('FRAME\n'), luma, colour];
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420mpeg2\n`);
  const path = join(folder, 'code.y4m');
  await writeFile(path, Buffer.concat([header, ...frame, ...frame]));
  return path;
}

/** What makes Chromium show that film as what its camera sees, and allow it. */
export function cameraShowing(path: string): string[] {
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${path}`,
  ];
}
