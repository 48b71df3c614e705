/**
 * Errors that are meant for a person.
 *
 * A `UserError` says what was wrong with somebody's input and what to do about it.
 * Its sentence may be shown as it is; its code finds the sentence in other languages
 * (`error.<code>` in `src/i18n`). Everything else that is thrown is our own fault or
 * the world's, and is logged, never shown.
 */

/** English sentences by code. `{{name}}` is filled from the error's parameters. */
export const ERROR_SENTENCES = {
  "not-audio": "This isn't an audio file that Timbre knows. Send OGG, WebM, MP3, M4A, WAV or FLAC.",
  "no-audio-track": "There is no sound in this file, only other tracks. Send one with an audio track.",
  damaged: "This audio file is damaged and can't be decoded. Try to export or record it again.",
  "unsupported-codec":
    "The audio inside this file is coded as {{codec}}, which Timbre can't decode. Convert it to OGG/Opus, MP3 or WAV.",
  empty: "This file has no audio in it. Record something and send it again.",
  "too-long": "This recording is longer than {{limit}}. Send a shorter part of it.",
  "too-large": "This file is larger than {{limit}}. Send a smaller one.",
  "fetch-refused": "Timbre may not fetch files from {{host}}. Attach the file in Discord instead.",
  "fetch-gone": "The file is no longer there. Send it again.",
  unreadable: "This file can't be opened ({{code}}). Check its name and its permissions.",
  "upload-gone": "The uploaded file is no longer there. Send it again.",
  "no-file": "No file came with this request. Send one as the form field file, or as the body with an audio type.",
  "no-clip": "There is no clip with this id. Perhaps it is no longer kept.",
  "no-page": "There is nothing at this address.",
  busy: "Timbre is too busy just now. Please try again in a moment.",
  "too-often": "Too many requests came from you at once. Please wait a minute.",
  "foreign-site": "This request came from another site, so Timbre refused it. Use Timbre's own page.",
  "no-attachment": "There is no audio in this message. Choose one with a voice message or an audio file.",
  "no-recent-audio":
    "Timbre sees no recent audio in this channel. Attach a recording, or choose Apps and then Read emotion in the menu of a voice message.",
  "no-command": "Timbre no longer has this command. Reload Discord to see those that it has.",
  "opted-out": "The person whose voice this is doesn't want Timbre to listen to it, so Timbre didn't.",
  "not-yours":
    "Only the person whose voice it is, the one who asked, and people who manage messages here can delete this.",
  "only-subject":
    "Thank you for listening closely. Only the person whose voice this is can say what it really was, so nothing was noted.",
  "no-link": "This isn't the link of a message. In the message's menu, choose Copy Message Link, and paste it here.",
  "link-unseen":
    "Timbre can't see a recording in that message, or you may not read it. Try Apps and then Read emotion in the message's own menu.",
  "no-message-content":
    "Timbre may not see messages in servers yet. Whoever runs it: switch on the Message Content Intent in Discord's developer portal (Bot), and start Timbre again.",
  "clip-deleted": "This reading was deleted on request, so there is nothing to show.",
  "manage-server": "Only people who may manage this server can change its settings.",
  "name-roles": "Choose roles exactly when certain roles shall be allowed.",
  "too-many-channels": "Timbre reads at most {{limit}} channels of a server by itself. Turn one of them off first.",
  "channel-closed":
    "{{channel}} is closed to Timbre. Let it view the channel, read the message history, send messages and add reactions there, and try again.",
  "message-gone": "The message with this recording was deleted, so Timbre didn't listen to it.",
  "missing-access":
    "Timbre may not see the channel of this recording. Allow it to view the channel and to read its history, or attach the recording to /emotion.",
  "too-often-person": "You have asked for many recordings in a short time. You can go on {{when}}.",
  "too-often-server": "This server has asked for many recordings in a short time. It can go on {{when}}.",
  "needs-bot":
    "Only Timbre's commands are on this server, not Timbre itself. Whoever manages the server can invite it with the link that timbre setup prints.",
  "join-voice": "Join a voice channel first: Timbre listens where you are.",
  "voice-closed":
    "{{channel}} is closed to Timbre. Let it view the channel, connect, send messages, embed links and attach files there, and try again.",
  "voice-full": "{{channel}} is full, so Timbre can't join. Make room for one more, and try again.",
  "voice-unreachable": "Timbre couldn't join {{channel}}. Please try again in a few minutes.",
  "live-running":
    "Timbre already listens in {{channel}}, and it can be in one voice channel of a server only. End that first.",
  "live-not-running": "Timbre listens in no voice channel of this server.",
  "live-forbidden":
    "You can't start or end the live mode here. Who may do so is decided by those who manage the server, with /settings live.",
  "live-over": "This live session is over. Timbre hears nobody any more.",
  "live-opted-out":
    "You opted out of everything, so Timbre doesn't listen to you. If you changed your mind, opt back in with /privacy first.",
  internal:
    "Something went wrong on Timbre's side. Please try again in a while. If it stays so, tell whoever runs Timbre this reference: {{reference}}.",
  "gave-up":
    "Timbre couldn't finish this one, although it tried several times. Please try again in a while. If it stays so, tell whoever runs Timbre this reference: {{reference}}.",
} as const satisfies Record<string, string>;

/** What can be wrong with somebody's input. */
export type UserErrorCode = keyof typeof ERROR_SENTENCES;

/** Values for the placeholders of a sentence. */
export type SentenceParameters = Readonly<Record<string, string | number>>;

/** Puts parameters into a sentence's `{{placeholders}}`; an unknown one stays as it is. */
export function fillSentence(sentence: string, parameters: SentenceParameters): string {
  return sentence.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(parameters[name] ?? whole));
}

/** Wrong input, said so that the person can mend it. Trying again changes nothing. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly code: UserErrorCode;
  readonly parameters: SentenceParameters;

  constructor(code: UserErrorCode, parameters: SentenceParameters = {}, options?: ErrorOptions) {
    super(fillSentence(ERROR_SENTENCES[code], parameters), options);
    this.code = code;
    this.parameters = parameters;
  }
}

const MIB = 1024 * 1024;

/** The refusal of a file of more than `maxBytes`. */
export function tooLarge(maxBytes: number): UserError {
  return new UserError("too-large", { limit: `${Math.floor((maxBytes / MIB) * 10) / 10} MiB` });
}

/** Characters of a reference: none that are mistaken for another when read aloud or typed. */
const REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const REFERENCE_LENGTH = 8;

/** A name for one failure: the person reads it in the sentence, whoever runs Timbre finds it in the log. */
export function newReference(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(REFERENCE_LENGTH));
  return Array.from(bytes, (byte) => REFERENCE_ALPHABET[byte % REFERENCE_ALPHABET.length]).join("");
}

/** What a person is told about an error: itself if it was meant for them, else that it is our fault. */
export function forPeople(error: unknown): UserError {
  if (error instanceof UserError) return error;
  return new UserError("internal", { reference: newReference() }, { cause: error });
}

/** Whether `code` is one that a `UserError` can carry (used when reading stored errors back). */
export function isUserErrorCode(code: string): code is UserErrorCode {
  return Object.hasOwn(ERROR_SENTENCES, code);
}
