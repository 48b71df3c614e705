/** What Timbre does on a server: the same as `/settings`. */

import { addressOf } from "../../api/endpoint.ts";
import { API } from "../../api/index.ts";
import { useVoice } from "../language.ts";
import { Loaded } from "../parts/loaded.tsx";
import { useGuild } from "../use-guild.ts";
import { useResource } from "../use-resource.ts";
import { useTitle } from "../use-title.ts";
import { AuditLog } from "./audit-log.tsx";
import { SettingsForm } from "./settings-form.tsx";

interface SettingsProps {
  readonly guildId: string;
  readonly mayManage: boolean;
}

/** The page. */
export function Settings({ guildId, mayManage }: SettingsProps) {
  const t = useVoice();
  const { guild } = useGuild(guildId);
  const settings = useResource(API.settings, addressOf(API.settings, { guildId }));
  useTitle(t("page.nav-settings"));
  return (
    <div class="page">
      <header>
        <div>
          <h1 tabIndex={-1}>{t("page.nav-settings")}</h1>
          <p>{t(mayManage ? "page.settings-intro" : "page.settings-look")}</p>
        </div>
      </header>
      <Loaded of={settings} lines={6}>
        {(value) =>
          guild && <SettingsForm guild={guild} settings={value} mayManage={mayManage} onSaved={settings.put} />
        }
      </Loaded>
      <AuditLog guildId={guildId} settings={settings.value} />
    </div>
  );
}
