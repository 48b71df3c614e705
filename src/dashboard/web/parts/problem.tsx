/** Something that couldn't be had, and the way to try again. */

import { useVoice } from "../language.ts";

interface ProblemProps {
  readonly sentence: string;
  readonly onRetry?: (() => void) | undefined;
}

/** Says at once, also aloud, what went wrong. */
export function Problem({ sentence, onRetry }: ProblemProps) {
  const t = useVoice();
  return (
    <section class="card failure" role="alert">
      <h2>{t("page.failed")}</h2>
      <p>{sentence}</p>
      {onRetry && (
        <button type="button" onClick={onRetry}>
          {t("page.retry")}
        </button>
      )}
    </section>
  );
}
