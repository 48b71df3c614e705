/** How far a file is on its way to a reading. */

import type { Translate } from "../../i18n/index.ts";
import { formatsOf } from "../../views/formats.ts";
import type { Progress } from "./api.ts";

interface ProgressViewProps {
  readonly t: Translate;
  readonly name: string;
  readonly progress: Progress;
}

/** A bar that fills while sending and moves while Timbre listens. */
export function ProgressView({ t, name, progress }: ProgressViewProps) {
  const words = t(`page.${progress.kind}`, { name });
  return (
    <section class="card progress">
      <p>
        <span>{words}</span>
        {progress.kind === "sending" && <span>{formatsOf(t).percent(progress.share)}</span>}
      </p>
      {progress.kind === "sending" ? (
        <progress aria-label={words} value={progress.share} />
      ) : (
        <progress aria-label={words} />
      )}
    </section>
  );
}
