/** How much of what was said arrived, and what became of it. */

import { formatsOf } from "../../../views/formats.ts";
import type { LiveResource } from "../../api/live.ts";
import { useVoice } from "../language.ts";

/** From this share on, hearing is good; under the other one it is bad. */
const GOOD = 0.95;
const BAD = 0.8;

interface HealthProps {
  readonly health: LiveResource["sessions"][number]["health"];
}

/** A meter, and the utterances by what became of them. */
export function Health({ health: { ratio, utterances, dropped } }: HealthProps) {
  const t = useVoice();
  const { percent, number } = formatsOf(t);
  const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
  const tone = ratio === null ? "" : ratio >= GOOD ? "good" : ratio >= BAD ? "warn" : "alarm";
  return (
    <section>
      <h3>{t("page.health")}</h3>
      <p class="row">
        <span class="badge" data-tone={tone}>
          {ratio === null ? t("page.health-unknown") : t("page.health-arrived", { share: percent(ratio) })}
        </span>
      </p>
      <p class="note">{t("page.health-utterances", { count: number(utterances), dropped: number(lost) })}</p>
    </section>
  );
}
