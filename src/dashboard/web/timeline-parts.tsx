/** What stands beside a timeline: which colour is which, and the same as a table. */

import { labelName, type Translate } from "../../i18n/index.ts";
import type { TimelineEntry } from "../../ser/index.ts";
import { clock, formatsOf } from "../../views/formats.ts";

/** Something drawn in a colour of its own. */
export interface LegendItem {
  readonly name: string;
  readonly colour: string;
}

/** Which colour stands for what. */
export function Legend({ items }: { readonly items: readonly LegendItem[] }) {
  return (
    <ul class="legend" aria-hidden="true">
      {items.map(({ name, colour }) => (
        <li key={name}>
          <span style={{ background: colour }} />
          {name}
        </li>
      ))}
    </ul>
  );
}

/** The strongest emotion of each window, for those who read rather than look. */
export function TimelineTable({ timeline, t }: { readonly timeline: readonly TimelineEntry[]; readonly t: Translate }) {
  const { percent } = formatsOf(t);
  return (
    <details>
      <summary>{t("page.table")}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("page.time")}</th>
            <th scope="col">{t("page.strongest")}</th>
            <th scope="col">{t("page.share")}</th>
          </tr>
        </thead>
        <tbody>
          {timeline.map((window) => {
            const [label, share] = strongestOf(window);
            return (
              <tr key={window.startMs}>
                <td>{`${clock(window.startMs)} – ${clock(window.endMs)}`}</td>
                <td>{labelName(label, t)}</td>
                <td>{window.speech ? percent(share) : ""}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}

function strongestOf({ speech, scores }: TimelineEntry): readonly [label: string, share: number] {
  if (!speech) return ["no-speech", 0];
  return Object.entries(scores).reduce((best, next) => (next[1] > best[1] ? next : best));
}
