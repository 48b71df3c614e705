/** How often a rule would have fired. */

import { useState } from "preact/hooks";
import { formatsOf } from "../../../views/formats.ts";
import type { RuleRequest, TrialResource } from "../../api/alerts.ts";
import { addressOf } from "../../api/endpoint.ts";
import { API } from "../../api/index.ts";
import { send } from "../http.ts";
import { useVoice } from "../language.ts";
import { Problem } from "../parts/problem.tsx";
import { Select } from "../parts/select.tsx";
import { timesOf } from "../times.ts";
import { useAction } from "../use-action.ts";
import type { GuildNames } from "../use-guild.ts";
import { evidenceText } from "./evidence.tsx";

const DAYS = [7, 14, 28] as const;
/** The server wants a name; one that is tried needs none yet. */
const UNNAMED = "?";

interface TrialProps {
  readonly guildId: string;
  readonly rule: RuleRequest;
  readonly names: GuildNames;
}

/** A button that asks what was heard so far, and the answer. */
export function Trial({ guildId, rule, names }: TrialProps) {
  const t = useVoice();
  const { number } = formatsOf(t);
  const { moment } = timesOf(t);
  const { busy, problem, attempt } = useAction();
  const [days, setDays] = useState<number>(DAYS[0]);
  const [result, setResult] = useState<TrialResource>();
  const tryIt = () =>
    attempt(async () => {
      const request = { ...rule, name: rule.name.trim() || UNNAMED, days };
      setResult(await send(API.tryRule, addressOf(API.tryRule, { guildId }), request));
    });
  return (
    <section class="trial">
      <h2>{t("page.trial")}</h2>
      <div class="row">
        <Select
          label={t("page.trial-days")}
          value={String(days)}
          options={DAYS.map((each) => ({ value: String(each), name: formatsOf(t).days(each) }))}
          onChange={(value) => setDays(Number(value))}
        />
        <button type="button" disabled={busy || rule.labels.length === 0} onClick={tryIt}>
          {t("page.trial-start")}
        </button>
      </div>
      {problem !== undefined && <Problem sentence={problem} />}
      <div role="status">
        {result && (
          <p>
            <strong>
              {t("page.trial-result", { count: number(result.count), days: formatsOf(t).days(result.days) })}
            </strong>{" "}
            {result.quiet > 0 && t("page.trial-quiet", { count: number(result.quiet) })}
          </p>
        )}
      </div>
      {result && result.firings.length > 0 && (
        <ol class="stack">
          {result.firings.map((firing) => (
            <li key={`${firing.at} ${firing.channelId}`}>
              <strong>
                {moment(firing.at)} · {names.channelName(firing.channelId)}
              </strong>
              <p class="note">{evidenceText(firing.evidence, t)}</p>
            </li>
          ))}
        </ol>
      )}
      {result && <p class="note">{t("page.trial-note")}</p>}
    </section>
  );
}
