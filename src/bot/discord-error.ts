/** Discord said no, or nothing; the message tells whoever runs Timbre what to do. */
export class DiscordError extends Error {
  override readonly name = "DiscordError";
}
