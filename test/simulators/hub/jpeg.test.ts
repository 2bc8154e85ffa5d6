import fc from 'fast-check';
import { expect, test } from 'vitest';

import { drawJpeg } from '../../../simulators/hub/jpeg.ts';
import { useBrowser } from '../../e2e/browser.ts';

const newPage = useBrowser();

const mosaic = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([wide, high]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 255 }), { minLength: wide, maxLength: wide }), {
      minLength: high,
      maxLength: high,
    }),
  );

/** Runs in the browser: the shades in the middle of each square of pictures in base64. */
const look = `async (all) => {
  const shadesOf = async (base64) => {
    const image = new Image();
    image.src = 'data:image/jpeg;base64,' + base64;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
    return Array.from({ length: height / 8 }, (_, y) =>
      Array.from({ length: width / 8 }, (__, x) => data[((y * 8 + 4) * width + x * 8 + 4) * 4]),
    );
  };
  return Promise.all(all.map(shadesOf));
}`;

test('a picture shows each square in its shade, as a browser sees it', async () => {
  const page = await newPage();
  const drawn = fc.sample(mosaic, { numRuns: 40, seed: 5 });
  const pictures = drawn.map((shades) => Buffer.from(drawJpeg(shades)).toString('base64'));
  expect(await page.evaluate(`(${look})(${JSON.stringify(pictures)})`)).toEqual(drawn);
});
