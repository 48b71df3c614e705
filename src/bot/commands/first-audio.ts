/** Finds the attachment of a message that is worth listening to. */

/** A file that may be anything, as Discord describes it. */
export interface Attached {
  readonly name: string;
  /** Left out or null when Discord doesn't know. */
  readonly contentType?: string | null | undefined;
}

/** What Discord says of a file that it doesn't know. */
const UNKNOWN_TYPE = "application/octet-stream";
/** Names of what Timbre can decode. */
const AUDIO_NAME = /\.(flac|m4a|mp3|mp4|og[ag]|opus|wav|web[am])$/i;

/** The first voice message, audio file or video; `undefined` when there is none. */
export function firstAudio<File extends Attached>(attachments: Iterable<File>): File | undefined {
  for (const attached of attachments) if (isAudio(attached)) return attached;
  return undefined;
}

function isAudio({ contentType, name }: Attached): boolean {
  if (!contentType || contentType === UNKNOWN_TYPE) return AUDIO_NAME.test(name);
  return contentType.startsWith("audio/") || contentType.startsWith("video/");
}
