/** What the microphone hears, as bars that move to the left. */

import { useEffect, useRef } from "preact/hooks";

interface LiveWaveformProps {
  /** Amplitudes, 0 to 1, the latest last; it grows while this is shown. */
  readonly amplitudes: readonly number[];
  readonly label: string;
}

/** px */
const BAR = 3;
const GAP = 2;
/** Speech at a desk peaks around 0.1 to 0.3: a root makes quiet voices visible. */
const shown = (amplitude: number) => Math.max(0.03, Math.sqrt(amplitude));

/** Draws the latest amplitudes once per frame. */
export function LiveWaveform({ amplitudes, label }: LiveWaveformProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const drawing = canvas.current;
    const context = drawing?.getContext("2d");
    if (!drawing || !context) return;
    let frame = requestAnimationFrame(function draw() {
      const { clientWidth: width, clientHeight: height } = drawing;
      drawing.width = width * devicePixelRatio;
      drawing.height = height * devicePixelRatio;
      context.scale(devicePixelRatio, devicePixelRatio);
      context.fillStyle = getComputedStyle(drawing).color;
      const latest = amplitudes.slice(-Math.floor(width / (BAR + GAP)));
      for (const [index, amplitude] of latest.entries()) {
        const bar = shown(amplitude) * height;
        const left = width - (latest.length - index) * (BAR + GAP);
        context.beginPath();
        context.roundRect(left, (height - bar) / 2, BAR, bar, BAR / 2);
        context.fill();
      }
      frame = requestAnimationFrame(draw);
    });
    return () => cancelAnimationFrame(frame);
  }, [amplitudes]);
  return <canvas ref={canvas} class="live-waveform" role="img" aria-label={label} />;
}
