/** What a camera sees, in shades of 0 (black) to 255 (white): one for each square of eight by eight pixels. */
export type Mosaic = readonly (readonly number[])[];

/** Codes of the sizes of differences between squares, so many of each length, as ITU-T T.81 annex K.3 has them. */
const sizesOfLength = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const sizes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
/** A square has nothing but its shade, so that there is one code for all the rest: that it ends. */
const endsOfLength = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const endCode = '0';
/** With this a shade and its coefficient are the same number. */
const quantum = 8;

/** Draws a grey baseline JPEG (ITU-T T.81). */
export function drawJpeg(mosaic: Mosaic): Uint8Array {
  const height = mosaic.length * 8;
  const width = (mosaic[0]?.length ?? 0) * 8;
  const segments = [
    segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...Array.from({ length: 64 }, () => quantum)]),
    segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]),
    segment(0xc4, [0x00, ...sizesOfLength, ...sizes]),
    segment(0xc4, [0x10, ...endsOfLength, 0]),
    segment(0xda, [1, 1, 0x00, 0, 63, 0]),
  ];
  return Uint8Array.from([
    0xff,
    0xd8,
    ...segments.flat(),
    ...entropyCoded(mosaic.flat()),
    0xff,
    0xd9,
  ]);
}

function segment(marker: number, content: readonly number[]): number[] {
  const length = content.length + 2;
  return [0xff, marker, length >> 8, length & 255, ...content];
}

function entropyCoded(shades: readonly number[]): number[] {
  const codes = codesOf(sizesOfLength);
  let before = 0;
  let bits = '';
  for (const shade of shades) {
    const level = Math.round(Math.min(255, Math.max(0, shade))) - 128;
    const difference = level - before;
    before = level;
    const size = difference === 0 ? 0 : Math.abs(difference).toString(2).length;
    bits += `${codes[size] ?? ''}${magnitude(difference, size)}${endCode}`;
  }
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  const bytes = (padded.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  // What looks like a marker is followed by a zero that is none.
  return bytes.flatMap((byte) => (byte === 0xff ? [0xff, 0] : [byte]));
}

/** A negative difference is written as what it lacks to the largest of its size. */
function magnitude(difference: number, size: number): string {
  if (size === 0) return '';
  const value = difference < 0 ? difference + 2 ** size - 1 : difference;
  return value.toString(2).padStart(size, '0');
}

/** The canonical code of each value, in order. */
function codesOf(ofLength: readonly number[]): string[] {
  const codes: string[] = [];
  let code = 0;
  for (const [index, count] of ofLength.entries()) {
    for (let each = 0; each < count; each += 1) {
      codes.push(code.toString(2).padStart(index + 1, '0'));
      code += 1;
    }
    code *= 2;
  }
  return codes;
}
