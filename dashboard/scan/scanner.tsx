import { useEffect, useEffectEvent, useRef, useState } from 'react';

import { useWords } from '../text/language-context.tsx';
import { type CameraProblem, closeCamera, openCamera } from './camera.ts';
import { createDetect } from './detect.ts';

import './scan.css';

const betweenMs = 120;

interface ScannerProps {
  /** Told once, with what the first code says. */
  onRead: (text: string) => void;
  onProblem: (problem: CameraProblem) => void;
}

/** Looks for a QR code with the camera until one is read. */
export function Scanner({ onRead, onProblem }: ScannerProps) {
  const { device } = useWords().install;
  const video = useRef<HTMLVideoElement>(null);
  const [isOn, setOn] = useState(false);
  const read = useEffectEvent(onRead);
  const fail = useEffectEvent(onProblem);

  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stream: MediaStream | null = null;

    async function look(element: HTMLVideoElement) {
      const detect = await createDetect();
      async function next() {
        const text = await detect(element).catch(() => null);
        if (isOver) return;
        if (text === null || text.trim() === '') timer = setTimeout(() => void next(), betweenMs);
        else read(text.trim());
      }
      await next();
    }

    async function start() {
      const opened = await openCamera();
      if (typeof opened === 'string') {
        if (!isOver) fail(opened);
        return;
      }
      const element = video.current;
      if (isOver || element === null) {
        closeCamera(opened);
        return;
      }
      stream = opened;
      element.srcObject = opened;
      await element.play();
      setOn(true);
      await look(element);
    }

    start().catch(() => {
      if (!isOver) fail('missing');
    });
    return () => {
      isOver = true;
      clearTimeout(timer);
      if (stream !== null) closeCamera(stream);
    };
  }, []);

  return (
    <div className="scanner" data-on={isOn || undefined}>
      <video ref={video} muted playsInline aria-hidden="true" />
      <output className="scanner-told">{isOn ? device.aim : device.starting}</output>
    </div>
  );
}
