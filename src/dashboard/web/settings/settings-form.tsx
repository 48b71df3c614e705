/** A server's settings, to change or to look at. */

import { useState } from "preact/hooks";
import { isLanguage, LANGUAGE_CODES } from "../../../i18n/languages.ts";
import { addressOf } from "../../api/endpoint.ts";
import type { GuildResource, SettingsResource } from "../../api/guilds.ts";
import { API } from "../../api/index.ts";
import { send } from "../http.ts";
import { useVoice } from "../language.ts";
import { Check } from "../parts/check.tsx";
import { NumberField } from "../parts/number-field.tsx";
import { Problem } from "../parts/problem.tsx";
import { Select } from "../parts/select.tsx";
import { LANGUAGE_NAMES } from "../shell/preferences.tsx";
import { useAction } from "../use-action.ts";
import { Automatic } from "./automatic.tsx";

interface SettingsFormProps {
  readonly guild: GuildResource;
  readonly settings: SettingsResource;
  readonly mayManage: boolean;
  onSaved(settings: SettingsResource): void;
}

const ACCESS = ["moderators", "everyone", "roles"] as const;

/** One form; it is saved whole. */
export function SettingsForm({ guild, settings, mayManage, onSaved }: SettingsFormProps) {
  const t = useVoice();
  const [draft, setDraft] = useState(settings);
  const [roleIds, setRoleIds] = useState(settings.live.kind === "roles" ? settings.live.roleIds : []);
  const [saved, setSaved] = useState(false);
  const { busy, problem, attempt } = useAction();
  const change = (part: Partial<SettingsResource>) => {
    setSaved(false);
    setDraft((before) => ({ ...before, ...part }));
  };
  const save = () =>
    attempt(async () => {
      onSaved(await send(API.changeSettings, addressOf(API.changeSettings, { guildId: guild.id }), draft));
      setSaved(true);
    });
  const chooseRoles = (ids: string[]) => {
    setRoleIds(ids);
    change({ live: { kind: "roles", roleIds: ids } });
  };
  const incomplete = draft.live.kind === "roles" && draft.live.roleIds.length === 0;
  return (
    <form
      class="card form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <fieldset class="form" disabled={!mayManage}>
        <legend class="visually-hidden">{t("settings.title")}</legend>
        <div class="fields wide-fields">
          <Select
            label={t("settings.language")}
            value={draft.language ?? ""}
            options={[
              { value: "", name: t("settings.language-own") },
              ...LANGUAGE_CODES.map((code) => ({ value: code, name: LANGUAGE_NAMES[code] })),
            ]}
            onChange={(code) => change({ language: isLanguage(code) ? code : null })}
          />
          <Select
            label={t("settings.answers")}
            value={draft.answers}
            options={(["public", "private"] as const).map((value) => ({ value, name: t(`settings.answers-${value}`) }))}
            onChange={(value) => change({ answers: value === "private" ? "private" : "public" })}
          />
          <NumberField
            {...{ label: t("page.retention-days"), min: 0, max: 365, value: draft.retentionDays }}
            onChange={(retentionDays) => change({ retentionDays })}
          />
          <Select
            label={t("page.alert-channel")}
            value={draft.alertChannelId ?? ""}
            options={[
              { value: "", name: t("settings.none") },
              ...guild.channels
                .filter(({ kind }) => kind === "text")
                .map(({ id, name }) => ({ value: id, name: `#${name}` })),
            ]}
            onChange={(id) => change({ alertChannelId: id || null })}
          />
          <Select
            label={t("settings.live")}
            value={draft.live.kind}
            options={ACCESS.map((value) => ({ value, name: t(`settings.live-${value}`) }))}
            onChange={(kind) =>
              change({
                live: kind === "roles" ? { kind, roleIds } : { kind: kind === "everyone" ? kind : "moderators" },
              })
            }
          />
        </div>
        {draft.live.kind === "roles" && (
          <fieldset>
            <legend>{t("settings.live-roles")}</legend>
            <div class="checks">
              {guild.roles.map(({ id, name }) => (
                <Check
                  key={id}
                  label={name}
                  checked={roleIds.includes(id)}
                  onChange={(on) => chooseRoles(on ? [...roleIds, id] : roleIds.filter((each) => each !== id))}
                />
              ))}
            </div>
          </fieldset>
        )}
        <Automatic
          channels={guild.channels}
          automatic={draft.automatic}
          onChange={(automatic) => change({ automatic })}
        />
      </fieldset>
      {problem !== undefined && <Problem sentence={problem} />}
      {mayManage && (
        <div class="row">
          <button type="submit" class="primary" disabled={busy || incomplete}>
            {t("page.save")}
          </button>
          <span role="status">{saved && t("settings.saved")}</span>
        </div>
      )}
    </form>
  );
}
