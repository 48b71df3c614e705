/** What an alert rests on. */

import { labelName } from "../../../i18n/names.ts";
import type { Translate } from "../../../i18n/translate.ts";
import { formatsOf } from "../../../views/formats.ts";
import { styleOf } from "../../../views/palette.ts";
import type { AlertResource } from "../../api/alerts.ts";
import { useVoice } from "../language.ts";
import { timesOf } from "../times.ts";

type Evidence = AlertResource["evidence"];

/** A bar with the limit marked on it, and the same in words. */
export function EvidenceView({ evidence }: { readonly evidence: Evidence }) {
  const t = useVoice();
  const colour = styleOf(evidence.labels[0] ?? "").colour;
  return (
    <div class="evidence">
      <div class="limit" aria-hidden="true">
        <span style={{ width: `${evidence.share * 100}%`, background: colour }} />
        <i style={{ left: `${evidence.threshold * 100}%` }} />
      </div>
      <p>{evidenceText(evidence, t)}</p>
    </div>
  );
}

/** E.g. `9 of 14 utterances (64%) sounded like anger between 14:03 and 14:05 …` */
export function evidenceText(evidence: Evidence, t: Translate): string {
  const { percent, number } = formatsOf(t);
  const { time } = timesOf(t);
  const words = t("page.evidence", {
    matching: number(evidence.matching),
    utterances: number(evidence.utterances),
    share: percent(evidence.share),
    labels: labelsText(evidence.labels, t),
    from: time(evidence.from),
    to: time(evidence.to),
    threshold: percent(evidence.threshold),
    confidence: percent(evidence.confidence),
  });
  const people = evidence.people === null ? "" : ` ${t("page.evidence-people", { people: number(evidence.people) })}`;
  return words + people;
}

/** `anger or fear`, as the language lists it. */
export function labelsText(labels: readonly string[], t: Translate): string {
  const list = new Intl.ListFormat(t("language.tag"), { type: "disjunction" });
  return list.format(labels.map((label) => labelName(label, t)));
}
