/** A message as plain text, for a terminal. */

import type { APIEmbed } from "discord-api-types/v10";
import type { SeenMessage } from "./messages.ts";

/** What a person reads in a message, without its pictures. */
export function messageText({ content, embeds, ephemeral }: SeenMessage): string {
  const whisper = ephemeral ? "(only you see this)" : "";
  return [whisper, content, ...embeds.map(embedText)].filter((part) => part !== "").join("\n");
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
