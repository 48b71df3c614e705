/** What a bot may send as a message, with Discord's limits. */

import { MessageFlags } from "discord-api-types/v10";
import { z } from "zod";
import { messageComponents } from "./components.ts";

/** All the texts of a message's embeds together, in characters. */
const EMBED_TEXT_LIMIT = 6000;

const picture = z.object({ url: z.string().max(2048) });
const embed = z.object({
  title: z.string().max(256).exactOptional(),
  description: z.string().max(4096).exactOptional(),
  url: z.url().exactOptional(),
  timestamp: z.string().exactOptional(),
  color: z.int().min(0).max(0xff_ff_ff).exactOptional(),
  footer: z.object({ text: z.string().max(2048), icon_url: z.string().exactOptional() }).exactOptional(),
  image: picture.exactOptional(),
  thumbnail: picture.exactOptional(),
  author: z
    .object({ name: z.string().max(256), url: z.url().exactOptional(), icon_url: z.string().exactOptional() })
    .exactOptional(),
  fields: z
    .array(
      z.object({
        name: z.string().min(1).max(256),
        value: z.string().min(1).max(1024),
        inline: z.boolean().exactOptional(),
      }),
    )
    .max(25)
    .exactOptional(),
});

/** An embed as a bot sends it. */
export type EmbedBody = z.infer<typeof embed>;

/** Body of a new message or of an edit; `null` empties a part, a part left out of an edit stays. */
export const messageBody = z.object({
  content: z.string().max(2000).nullish(),
  embeds: z
    .array(embed)
    .max(10)
    .refine((embeds) => embedText(embeds).length <= EMBED_TEXT_LIMIT, "Embed size exceeds maximum size of 6000")
    .nullish(),
  components: messageComponents.nullish(),
  flags: z.int().nullish(),
  /** Who may be told that they are mentioned; everybody, if it is left out. */
  allowed_mentions: z
    .object({
      parse: z.array(z.enum(["users", "roles", "everyone"])).default([]),
      users: z.array(z.string()).default([]),
    })
    .nullish(),
  message_reference: z.object({ message_id: z.string(), fail_if_not_exists: z.boolean().default(true) }).nullish(),
  nonce: z.union([z.string().max(25), z.int()]).nullish(),
  /** Whether a message with this nonce that was sent before is answered instead of sending another. */
  enforce_nonce: z.boolean().nullish(),
  /** Files that stay (by snowflake) and files that come with the request (by the n of `files[n]`). */
  attachments: z
    .array(
      z.object({
        id: z.union([z.string(), z.int()]).transform(String),
        filename: z.string().exactOptional(),
        description: z.string().max(1024).nullish(),
      }),
    )
    .max(10)
    .nullish(),
});

/** A checked message body. */
export type MessageBody = z.infer<typeof messageBody>;

/** Flags that a bot may set on a message of its own. */
export const SETTABLE_FLAGS = MessageFlags.Ephemeral | MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications;

function embedText(embeds: readonly EmbedBody[]): string {
  return embeds
    .flatMap(({ title, description, footer, author, fields = [] }) => [
      title,
      description,
      footer?.text,
      author?.name,
      ...fields.flatMap((field) => [field.name, field.value]),
    ])
    .join("");
}
