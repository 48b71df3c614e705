/** The rules by which alerts are raised. */

import { useState } from "preact/hooks";
import { formatsOf } from "../../../views/formats.ts";
import type { RuleResource } from "../../api/alerts.ts";
import { addressOf } from "../../api/endpoint.ts";
import { API } from "../../api/index.ts";
import { perform, send } from "../http.ts";
import { useVoice } from "../language.ts";
import { Empty } from "../parts/empty.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Problem } from "../parts/problem.tsx";
import { timesOf } from "../times.ts";
import { useAction } from "../use-action.ts";
import type { GuildNames } from "../use-guild.ts";
import { useResource } from "../use-resource.ts";
import { labelsText } from "./evidence.tsx";
import { NEW_RULE, requestOf } from "./rule-defaults.ts";
import { RuleForm } from "./rule-form.tsx";

interface RulesProps {
  readonly guildId: string;
  readonly names: GuildNames;
  readonly mayManage: boolean;
}

/** All of them; one at a time can be changed, or a new one made. */
export function Rules({ guildId, names, mayManage }: RulesProps) {
  const t = useVoice();
  const rules = useResource(API.rules, addressOf(API.rules, { guildId }));
  const [edited, setEdited] = useState<RuleResource | "new">();
  const done = () => {
    setEdited(undefined);
    rules.reload();
  };
  const form = edited && (
    <RuleForm
      key={edited === "new" ? "new" : edited.id}
      guildId={guildId}
      names={names}
      ruleId={edited === "new" ? undefined : edited.id}
      rule={edited === "new" ? NEW_RULE : requestOf(edited)}
      onDone={done}
    />
  );
  return (
    <section class="stack">
      {mayManage && edited === undefined && (
        <div class="row">
          <button type="button" class="primary" onClick={() => setEdited("new")}>
            {t("page.rule-new")}
          </button>
        </div>
      )}
      {edited === "new" && form}
      <Loaded of={rules}>
        {(list) =>
          list.length === 0 && edited !== "new" ? (
            <div class="card">
              <Empty icon="alerts" title={t("page.rules-none")}>
                <p>{t(mayManage ? "page.rules-none-how" : "page.rules-none-manager")}</p>
              </Empty>
            </div>
          ) : (
            list.map((rule) =>
              edited !== undefined && edited !== "new" && edited.id === rule.id ? (
                form
              ) : (
                <RuleCard
                  key={rule.id}
                  {...{ guildId, names, rule, mayManage }}
                  onEdit={() => setEdited(rule)}
                  onChanged={rules.reload}
                />
              ),
            )
          )
        }
      </Loaded>
    </section>
  );
}

interface RuleCardProps extends RulesProps {
  readonly rule: RuleResource;
  onEdit(): void;
  onChanged(): void;
}

function RuleCard({ guildId, names, rule, mayManage, onEdit, onChanged }: RuleCardProps) {
  const t = useVoice();
  const { percent, number } = formatsOf(t);
  const { moment } = timesOf(t);
  const { busy, problem, attempt } = useAction();
  const at = { guildId, ruleId: rule.id };
  const toggle = () =>
    attempt(async () => {
      await send(API.changeRule, addressOf(API.changeRule, at), { ...requestOf(rule), isOn: !rule.isOn });
      onChanged();
    });
  const remove = () =>
    attempt(async () => {
      await perform(API.deleteRule, addressOf(API.deleteRule, at));
      onChanged();
    });
  const list = new Intl.ListFormat(t("language.tag"));
  return (
    <article class="card" aria-label={rule.name}>
      <header>
        <h2>{rule.name}</h2>
        <span class="badge" data-tone={rule.isOn ? "good" : ""}>
          {t(rule.isOn ? "page.on" : "page.off")}
        </span>
        {rule.lastFiredAt !== null && (
          <span class="note push">{t("page.rule-fired", { time: moment(rule.lastFiredAt) })}</span>
        )}
      </header>
      <p>
        {t("page.rule-says", {
          labels: labelsText(rule.labels, t),
          threshold: percent(rule.threshold),
          minutes: number(rule.windowSeconds / 60, 1),
          utterances: number(rule.minUtterances),
        })}{" "}
        <span class="note">
          {rule.channelIds.length === 0 ? t("page.channel-all") : list.format(rule.channelIds.map(names.channelName))}
        </span>
      </p>
      {problem !== undefined && <Problem sentence={problem} />}
      {mayManage && (
        <div class="row actions">
          <button type="button" disabled={busy} onClick={onEdit}>
            {t("page.rule-edit")}
          </button>
          <button type="button" disabled={busy} onClick={toggle}>
            {t(rule.isOn ? "page.switch-off" : "page.switch-on")}
          </button>
          <button type="button" class="quiet" disabled={busy} onClick={remove}>
            {t("page.delete")}
          </button>
        </div>
      )}
    </article>
  );
}
