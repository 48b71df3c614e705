/** `/privacy`: a person sees what is kept about them, decides about it, takes it along or deletes it. */

import { type ButtonInteraction, MessageFlags } from "discord.js";
import { UserError } from "../../../errors.ts";
import { translator } from "../../../i18n/index.ts";
import type { ButtonGroup, SlashCommand, SlashDefinition } from "../command.ts";
import { EVERYWHERE } from "../everywhere.ts";
import { localisedFields } from "../localised.ts";
import { exportFiles } from "./export.ts";
import { deletionPanel, type Panel, type PersonalStore, PRIVACY, type PrivacyAction, privacyPanel } from "./panel.ts";

/** What the command and its buttons need. */
interface PrivacyParts {
  readonly store: PersonalStore;
}

/** How the command is registered. */
export const PRIVACY_DEFINITION: SlashDefinition = {
  ...localisedFields("command.privacy.name", "command.privacy.description"),
  ...EVERYWHERE,
};

/** Makes the command. Its answer is for the asker's eyes alone. */
export function privacyCommand({ store }: PrivacyParts): SlashCommand {
  return {
    definition: PRIVACY_DEFINITION,
    async execute(interaction) {
      const panel = await privacyPanel(store, interaction.user.id, interaction.locale);
      await interaction.reply({ ...panel, flags: MessageFlags.Ephemeral });
    },
  };
}

/** Makes the buttons. Each acts on whoever presses it, so nobody reaches another person's history. */
export function privacyButtons({ store }: PrivacyParts): ButtonGroup {
  const panel = (interaction: ButtonInteraction, heading?: string): Promise<Panel> =>
    privacyPanel(store, interaction.user.id, interaction.locale, heading);
  const choose = (choice: "live" | "asked" | "nothing") => async (interaction: ButtonInteraction) => {
    await store.consents.choose(interaction.user.id, choice);
    await interaction.update(await panel(interaction));
  };
  const actions: Readonly<Record<PrivacyAction, (interaction: ButtonInteraction) => Promise<unknown>>> = {
    live: choose("live"),
    asked: choose("asked"),
    nothing: choose("nothing"),
    export: (interaction) => sendExport(interaction, store),
    delete: (interaction) => interaction.update(deletionPanel(interaction.locale)),
    "delete-no": async (interaction) => interaction.update(await panel(interaction)),
    "delete-yes": async (interaction) => {
      await store.histories.forget(interaction.user.id);
      await interaction.update(await panel(interaction, translator(interaction.locale)("privacy.deleted")));
    },
  };
  const isAction = (action: string): action is PrivacyAction => Object.hasOwn(actions, action);
  return {
    name: PRIVACY,
    async press(interaction, action) {
      if (!isAction(action)) throw new UserError("no-command");
      await actions[action](interaction);
    },
  };
}

async function sendExport(interaction: ButtonInteraction, store: PersonalStore): Promise<void> {
  const t = translator(interaction.locale);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  let part = 0;
  for await (const { name, bytes } of exportFiles(store, interaction.user.id)) {
    const files = [{ name, attachment: bytes }];
    part += 1;
    if (part === 1) await interaction.editReply({ content: t("privacy.exported"), files });
    else {
      const content = t("privacy.exported-part", { part });
      await interaction.followUp({ content, files, flags: MessageFlags.Ephemeral });
    }
  }
}
