/** A timeline as a table. */

import { labelName } from "../../../i18n/names.ts";
import type { TimelineEntry } from "../../../ser/index.ts";
import { clock, formatsOf } from "../../../views/formats.ts";
import { strongestOf } from "../../../views/heard-at.ts";
import { useVoice } from "../language.ts";
import { TableView } from "../parts/table-view.tsx";

/** The strongest emotion of each window, for those who read rather than look. */
export function TimelineTable({ timeline }: { readonly timeline: readonly TimelineEntry[] }) {
  const t = useVoice();
  const { percent } = formatsOf(t);
  return (
    <TableView
      columns={[t("page.time"), t("page.strongest"), t("page.share")]}
      rows={timeline.map((window) => {
        const strongest = strongestOf(window);
        return {
          key: window.startMs,
          cells: [
            `${clock(window.startMs)} – ${clock(window.endMs)}`,
            labelName(strongest?.label ?? "no-speech", t),
            strongest ? percent(strongest.share) : "",
          ],
        };
      })}
    />
  );
}
