/** What stands where something will be. */

import { useVoice } from "../language.ts";

/** A quiet shimmer, `lines` high. */
export function Waiting({ lines = 3 }: { readonly lines?: number }) {
  const t = useVoice();
  return (
    <div class="waiting" role="status">
      <span class="visually-hidden">{t("page.loading")}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} class="shimmer" aria-hidden="true" />
      ))}
    </div>
  );
}
