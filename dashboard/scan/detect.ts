/** Reads the text of a QR code in what the camera shows; null: there is none to read. */
export type Detect = (video: HTMLVideoElement) => Promise<string | null>;

interface Barcodes {
  detect: (source: CanvasImageSource) => Promise<{ rawValue: string }[]>;
}

interface BarcodesConstructor {
  new (options: { formats: string[] }): Barcodes;
  getSupportedFormats: () => Promise<string[]>;
}

function isBarcodes(found: unknown): found is BarcodesConstructor {
  return typeof found === 'function' && 'getSupportedFormats' in found;
}

/** The browser's own reader where it has one, else one of ours. */
export async function createDetect(): Promise<Detect> {
  return (await createBuiltIn()) ?? createOwn();
}

async function createBuiltIn(): Promise<Detect | null> {
  const found: unknown = Reflect.get(globalThis, 'BarcodeDetector');
  if (!isBarcodes(found)) return null;
  const formats = await found.getSupportedFormats().catch((): string[] => []);
  if (!formats.includes('qr_code')) return null;
  const barcodes = new found({ formats: ['qr_code'] });
  return async (video) => (await barcodes.detect(video))[0]?.rawValue ?? null;
}

// A phone's picture has far more points than a code needs, and all of them take time.
const longestSide = 800;

async function createOwn(): Promise<Detect> {
  const { decodeQR } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (video) => {
    const { videoWidth, videoHeight } = video;
    if (context === null || videoWidth === 0) return Promise.resolve(null);
    const scale = Math.min(1, longestSide / Math.max(videoWidth, videoHeight));
    canvas.width = Math.round(videoWidth * scale);
    canvas.height = Math.round(videoHeight * scale);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      return Promise.resolve(
        decodeQR(context.getImageData(0, 0, canvas.width, canvas.height), { timeLimit: 60 }),
      );
    } catch {
      // It throws for every frame without a code.
      return Promise.resolve(null);
    }
  };
}
