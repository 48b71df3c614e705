/** A message as plain text, for a terminal. */

import { type APIEmbed, ComponentType } from "discord-api-types/v10";
import type { Row } from "./components.ts";
import type { SeenMessage } from "./messages.ts";

/** What a person reads in a message, without its pictures. */
export function messageText({ content, embeds, components, ephemeral }: SeenMessage): string {
  const whisper = ephemeral ? "(only you see this)" : "";
  const parts = [whisper, content, ...embeds.map(embedText), ...components.map(buttonsText)];
  return parts.filter((part) => part !== "").join("\n");
}

/** Buttons as `[Yes] [No]`; those that can't be pressed are left out. */
function buttonsText({ components }: Row): string {
  const labels = components.flatMap((each) =>
    each.type === ComponentType.Button && !each.disabled ? [`[${each.label ?? each.emoji?.name}]`] : [],
  );
  return labels.join(" ");
}

function embedText({ author, title, description, fields = [], footer }: APIEmbed): string {
  const lines = [
    author?.name,
    title,
    description,
    ...fields.map(({ name, value }) => `${name}: ${value}`),
    footer?.text,
  ];
  return lines.filter((line) => line).join("\n");
}
