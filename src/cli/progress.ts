/** A progress bar on standard error, so that results on standard output stay clean. */

import { Presets, SingleBar } from "cli-progress";

/** How far a long command has come. */
export interface Progress {
  /** One more is done. */
  step(): void;
  /** Takes the bar away before something else is printed; the next step draws it again. */
  pause(): void;
  stop(): void;
}

/** A bar for `total` steps; nothing is drawn for a single one, or where standard error isn't a terminal. */
export function progressBar(total: number): Progress {
  if (total < 2 || !process.stderr.isTTY) return { step() {}, pause() {}, stop() {} };
  const bar = new SingleBar(
    { stream: process.stderr, clearOnComplete: true, format: "{bar} {value}/{total} | {eta_formatted}" },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return {
    step() {
      bar.increment();
      bar.render();
    },
    pause: () => process.stderr.write("\r\u001b[K"),
    stop: () => bar.stop(),
  };
}
