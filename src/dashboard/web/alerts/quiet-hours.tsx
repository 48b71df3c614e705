/** Hours in which nobody is told of alerts. */

import { useId } from "preact/hooks";
import type { RuleRequest } from "../../api/alerts.ts";
import { useVoice } from "../language.ts";
import { Check } from "../parts/check.tsx";
import { ZONE } from "../times.ts";

interface QuietHoursProps {
  readonly quiet: RuleRequest["quiet"];
  onChange(quiet: RuleRequest["quiet"]): void;
}

/** From when to when, in the zone of whoever set them. */
export function QuietHours({ quiet, onChange }: QuietHoursProps) {
  const t = useVoice();
  const id = useId();
  return (
    <fieldset>
      <legend>{t("page.quiet-hours")}</legend>
      <Check
        label={t("page.quiet-on")}
        checked={quiet !== null}
        onChange={(on) => onChange(on ? { from: "23:00", to: "07:00", zone: ZONE } : null)}
      />
      {quiet && (
        <div class="fields">
          {(["from", "to"] as const).map((end) => (
            <div key={end} class="field">
              <label for={`${id}-${end}`}>{t(`page.${end}`)}</label>
              <input
                id={`${id}-${end}`}
                type="time"
                required
                value={quiet[end]}
                onChange={({ currentTarget }) =>
                  currentTarget.value && onChange({ ...quiet, [end]: currentTarget.value })
                }
              />
            </div>
          ))}
          <p class="note">{quiet.zone}</p>
        </div>
      )}
    </fieldset>
  );
}
