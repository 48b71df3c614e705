/** Finds what of a message is worth listening to. */

import type { Clip, ClipAttribution } from "./hand-over.ts";

/** A file that may be anything, as Discord describes it. */
interface Attached {
  readonly id: string;
  readonly url: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Left out or null when Discord doesn't know. */
  readonly contentType?: string | null | undefined;
}

/** A message, as far as its recordings are concerned. */
export interface MessageWithFiles {
  readonly id: string;
  readonly author: { readonly id: string };
  readonly attachments: Iterable<Attached>;
}

/** What Discord says of a file that it doesn't know. */
const UNKNOWN_TYPE = "application/octet-stream";
/** Names of what Timbre can decode. */
const AUDIO_NAME = /\.(aac|flac|m4[av]|mk[av]|mov|mp[34]|og[ag]|opus|wav|web[am])$/i;

/** The voice message, audio files and videos of a message, in its order; whoever wrote it is whose voice it is. */
export function clipsOf({ id, author, attachments }: MessageWithFiles, source: ClipAttribution["source"]): Clip[] {
  return [...attachments].filter(isAudio).map(({ url, name, size, id: attachmentId }) => ({
    ...{ url, name, size },
    attribution: { source, subjectId: author.id, messageId: id, attachmentId },
  }));
}

function isAudio({ contentType, name }: Attached): boolean {
  if (!contentType || contentType === UNKNOWN_TYPE) return AUDIO_NAME.test(name);
  return contentType.startsWith("audio/") || contentType.startsWith("video/");
}
