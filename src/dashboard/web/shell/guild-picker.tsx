/** Which server the pages are about. */

import { useId } from "preact/hooks";
import { useVoice } from "../language.ts";
import { remember } from "../memory.ts";
import { go, type Page, pathOf } from "../router.tsx";

/** A server that the reader may look at. */
export interface GuildChoice {
  readonly id: string;
  readonly name: string;
}

interface GuildPickerProps {
  readonly guilds: readonly GuildChoice[];
  readonly guildId: string;
  readonly page: Page | undefined;
}

/** The servers by name; choosing one stays on the same page. */
export function GuildPicker({ guilds, guildId, page }: GuildPickerProps) {
  const t = useVoice();
  const id = useId();
  return (
    <div class="picker">
      <label for={id}>{t("page.server")}</label>
      <select
        id={id}
        value={guildId}
        onChange={({ currentTarget }) => {
          remember("guild", currentTarget.value);
          go(pathOf(page && page !== "try" && page !== "system" ? page : "overview", currentTarget.value));
        }}
      >
        {guilds.map((guild) => (
          <option key={guild.id} value={guild.id}>
            {guild.name}
          </option>
        ))}
      </select>
    </div>
  );
}
