/** How far a file is on its way to a reading. */

import { formatsOf } from "../../../views/formats.ts";
import { useVoice } from "../language.ts";
import type { Progress } from "./analyse.ts";

interface ProgressViewProps {
  readonly name: string;
  readonly progress: Progress;
}

/** A bar that fills while sending and moves while Timbre listens. */
export function ProgressView({ name, progress }: ProgressViewProps) {
  const t = useVoice();
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
