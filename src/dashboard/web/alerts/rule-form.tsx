/** A rule being made or changed, and tried before it is switched on. */

import { useId, useState } from "preact/hooks";
import { labelName } from "../../../i18n/names.ts";
import { inOrder, KNOWN_LABELS } from "../../../views/mood-shares.ts";
import type { RuleRequest } from "../../api/alerts.ts";
import { addressOf } from "../../api/endpoint.ts";
import { API } from "../../api/index.ts";
import { send } from "../http.ts";
import { useVoice } from "../language.ts";
import { Check } from "../parts/check.tsx";
import { NumberField } from "../parts/number-field.tsx";
import { Problem } from "../parts/problem.tsx";
import { useAction } from "../use-action.ts";
import type { GuildNames } from "../use-guild.ts";
import { QuietHours } from "./quiet-hours.tsx";
import { Trial } from "./trial.tsx";

interface RuleFormProps {
  readonly guildId: string;
  readonly names: GuildNames;
  /** Undefined for a new one. */
  readonly ruleId: string | undefined;
  readonly rule: RuleRequest;
  /** Saved, or given up. */
  onDone(): void;
}

/** All that a rule can say. */
export function RuleForm({ guildId, names, ruleId, rule: first, onDone }: RuleFormProps) {
  const t = useVoice();
  const [rule, setRule] = useState(first);
  const { busy, problem, attempt } = useAction();
  const id = useId();
  const change = (part: Partial<RuleRequest>) => setRule((before) => ({ ...before, ...part }));
  const toggled = (list: readonly string[], item: string, on: boolean) =>
    on ? [...list, item] : list.filter((each) => each !== item);
  const save = () =>
    attempt(async () => {
      if (ruleId === undefined) await send(API.makeRule, addressOf(API.makeRule, { guildId }), rule);
      else await send(API.changeRule, addressOf(API.changeRule, { guildId, ruleId }), rule);
      onDone();
    });
  return (
    <form
      class="card form"
      aria-label={t(ruleId === undefined ? "page.rule-new" : "page.rule-edit")}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div class="field">
        <label for={id}>{t("page.rule-name")}</label>
        <input
          id={id}
          required
          maxLength={80}
          value={rule.name}
          onInput={({ currentTarget }) => change({ name: currentTarget.value })}
        />
      </div>
      <fieldset>
        <legend>{t("page.rule-labels")}</legend>
        <div class="checks">
          {inOrder([...KNOWN_LABELS, ...first.labels]).map((label) => (
            <Check
              key={label}
              label={labelName(label, t)}
              checked={rule.labels.includes(label)}
              onChange={(on) => change({ labels: toggled(rule.labels, label, on) })}
            />
          ))}
        </div>
      </fieldset>
      <div class="fields">
        <NumberField
          {...{ label: t("page.rule-threshold"), unit: "%", min: 5, max: 100, value: Math.round(rule.threshold * 100) }}
          onChange={(value) => change({ threshold: value / 100 })}
        />
        <NumberField
          {...{
            label: t("page.rule-window"),
            unit: "min",
            min: 0.5,
            max: 60,
            step: 0.5,
            value: rule.windowSeconds / 60,
          }}
          onChange={(value) => change({ windowSeconds: Math.round(value * 60) })}
        />
        <NumberField
          {...{ label: t("page.rule-utterances"), min: 1, max: 1000, value: rule.minUtterances }}
          onChange={(minUtterances) => change({ minUtterances })}
        />
        <NumberField
          {...{ label: t("page.rule-cooldown"), unit: "min", min: 0, max: 1440, value: rule.cooldownSeconds / 60 }}
          onChange={(value) => change({ cooldownSeconds: Math.round(value * 60) })}
        />
      </div>
      <fieldset>
        <legend>{t("page.rule-channels")}</legend>
        <p class="note">{t("page.rule-channels-all")}</p>
        <div class="checks">
          {names.guild?.channels.map((channel) => (
            <Check
              key={channel.id}
              label={names.channelName(channel.id)}
              checked={rule.channelIds.includes(channel.id)}
              onChange={(on) => change({ channelIds: toggled(rule.channelIds, channel.id, on) })}
            />
          ))}
        </div>
      </fieldset>
      <QuietHours quiet={rule.quiet} onChange={(quiet) => change({ quiet })} />
      <Check label={t("page.rule-on")} checked={rule.isOn} onChange={(isOn) => change({ isOn })} />
      <Trial guildId={guildId} rule={rule} names={names} />
      {problem !== undefined && <Problem sentence={problem} />}
      <div class="row">
        <button type="submit" class="primary" disabled={busy || rule.labels.length === 0}>
          {t("page.save")}
        </button>
        <button type="button" class="quiet" onClick={onDone}>
          {t("page.cancel")}
        </button>
      </div>
    </form>
  );
}
