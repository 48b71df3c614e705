/** Channels whose voice messages are read without being asked. */

import type { GuildResource, SettingsResource } from "../../api/guilds.ts";
import { useVoice } from "../language.ts";
import { Select } from "../parts/select.tsx";

type List = SettingsResource["automatic"];

interface AutomaticProps {
  readonly channels: GuildResource["channels"];
  readonly automatic: List;
  onChange(automatic: List): void;
}

const ANSWERS = ["off", "reaction", "reply"] as const;

/** For each text channel, how it is answered there. */
export function Automatic({ channels, automatic, onChange }: AutomaticProps) {
  const t = useVoice();
  const choose = (channelId: string, value: string) => {
    const others = automatic.filter((each) => each.channelId !== channelId);
    const answer = value === "reaction" || value === "reply" ? value : undefined;
    onChange(answer ? [...others, { channelId, answer }] : others);
  };
  return (
    <fieldset>
      <legend>{t("settings.automatic")}</legend>
      <p class="note">{t("page.automatic-what")}</p>
      <div class="fields">
        {channels
          .filter(({ id, kind }) => kind !== "thread" || automatic.some(({ channelId }) => channelId === id))
          .map(({ id, name, kind }) => (
            <Select
              key={id}
              label={kind === "voice" ? name : `#${name}`}
              value={automatic.find(({ channelId }) => channelId === id)?.answer ?? "off"}
              options={ANSWERS.map((value) => ({ value, name: t(`settings.automatic-${value}`) }))}
              onChange={(value) => choose(id, value)}
            />
          ))}
      </div>
    </fieldset>
  );
}
