/** *Include me* and *Leave me out*: everybody decides about their own voice, and nobody else does. */

import { MessageFlags } from "discord.js";
import { UserError } from "../../../errors.ts";
import { translator } from "../../../i18n/index.ts";
import { LIVE } from "../../live/panel.ts";
import type { LiveSessions } from "../../live/sessions.ts";
import type { ButtonGroup } from "../command.ts";

/** Makes the buttons. They act on whoever presses them. */
export function consentControls({ live }: { readonly live: LiveSessions }): ButtonGroup {
  return {
    name: LIVE,
    async press(interaction, request) {
      const [action, sessionId = ""] = request.split(":");
      const t = translator(interaction.locale);
      const session = live.find(sessionId);
      const { id } = interaction.user;
      if (action !== "in" && action !== "out") throw new UserError("no-command");
      if (!session) throw new UserError("live-over");
      if (action === "in") await session.include(id);
      else await session.leaveOut(id);
      const content = t(action === "in" ? "live.included" : "live.left-out", {
        command: `\`/${t("command.privacy.name")}\``,
      });
      await interaction.reply({ content, flags: MessageFlags.Ephemeral });
    },
  };
}
