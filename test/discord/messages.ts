/** Messages: made, edited and deleted as Discord does it, with the files that hang on them. */

import {
  type APIEmbed,
  type APIMessage,
  type APIUser,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from "discord-api-types/v10";
import type { Clock } from "./clock.ts";
import { numbered, type Row } from "./components.ts";
import type { Files, NewFile, StoredFile } from "./files.ts";
import { type EmbedBody, type MessageBody, SETTABLE_FLAGS } from "./message-body.ts";
import type { UploadedFile } from "./multipart.ts";
import { problems } from "./problems.ts";

/** A message with its files' bytes, as a test or a person looks at it. */
export interface SeenMessage {
  readonly id: string;
  readonly channelId: string;
  readonly content: string;
  /** Names of the people who are told that they are mentioned. */
  readonly mentions: readonly string[];
  /** The message to which it replies. */
  readonly replyTo: string | undefined;
  /** With `attachment://` already resolved to addresses. */
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly Row[];
  /** Every file of the message, also those that an embed shows. */
  readonly attachments: readonly SeenFile[];
  /** Only the asker sees it. */
  readonly ephemeral: boolean;
}

/** A file with its signed address. */
export interface SeenFile extends StoredFile {
  readonly url: string;
}

/** A message as it is kept. */
interface StoredMessage {
  readonly id: string;
  readonly channelId: string;
  readonly author: APIUser;
  readonly askerId?: string;
  readonly sentMs: number;
  editedMs: number | undefined;
  content: string;
  embeds: readonly EmbedBody[];
  components: Row[];
  files: readonly StoredFile[];
  flags: number;
  mentions: readonly APIUser[];
  replyTo: string | undefined;
  nonce: string | undefined;
}

/** Who says it, and where. */
export interface MessageOrigin {
  readonly channelId: string;
  readonly author: APIUser;
  /** The id of who alone sees it if it is ephemeral: the asker. */
  readonly askerId?: string;
}

/** All messages of the local Discord. */
export class Messages {
  readonly #clock: Clock;
  readonly #nextId: () => string;
  readonly #files: Files;
  readonly #messages = new Map<string, StoredMessage>();

  readonly #findUser: (id: string) => APIUser | undefined;

  constructor(clock: Clock, nextId: () => string, files: Files, findUser: (id: string) => APIUser | undefined) {
    this.#findUser = findUser;
    this.#clock = clock;
    this.#nextId = nextId;
    this.#files = files;
  }

  /** Makes the "is thinking…" message of a deferred answer. */
  addLoading(origin: MessageOrigin, ephemeral: boolean): string {
    const message = this.#blank(origin);
    message.flags = MessageFlags.Loading | (ephemeral ? MessageFlags.Ephemeral : 0);
    return message.id;
  }

  /** Makes a message. @throws Problem 50006 when nothing is in it, 50035 when it replies to nothing. */
  add(origin: MessageOrigin, body: MessageBody, uploads: readonly UploadedFile[]): string {
    requireSomething(body, uploads);
    const nonce = body.nonce == null ? undefined : String(body.nonce);
    const twin = [...this.#messages.values()].find((each) => nonce !== undefined && each.nonce === nonce);
    if (body.enforce_nonce && twin) return twin.id;
    const replyTo = this.#referenced(origin.channelId, body);
    const message = this.#blank(origin);
    message.flags = (body.flags ?? 0) & SETTABLE_FLAGS;
    message.replyTo = replyTo;
    message.nonce = nonce;
    this.#apply(message, body, uploads);
    return message.id;
  }

  /** Makes a person's message. */
  post(origin: MessageOrigin, content: string, files: readonly NewFile[]): string {
    const message = this.#blank(origin);
    message.content = content;
    message.files = files.map((file) => this.#files.add(origin.channelId, file));
    if (files.some(({ voice }) => voice)) message.flags = MessageFlags.IsVoiceMessage;
    return message.id;
  }

  /** The ids of a channel's latest messages, the newest first; those sent before the id `before`, if it is given. */
  latest(channelId: string, limit: number, before?: string): readonly string[] {
    const isThere = (message: StoredMessage) =>
      message.channelId === channelId &&
      (message.flags & MessageFlags.Ephemeral) === 0 &&
      (before === undefined || BigInt(message.id) < BigInt(before));
    return [...this.#messages.values()]
      .filter(isThere)
      .map(({ id }) => id)
      .slice(-limit)
      .toReversed();
  }

  /**
   * Edits a message; whether it is ephemeral never changes.
   * @throws Problem 10008 when it is gone, 50006 when nothing would be left.
   */
  edit(id: string, body: MessageBody, uploads: readonly UploadedFile[]): void {
    const message = this.#get(id);
    if (message.flags & MessageFlags.Loading) requireSomething(body, uploads);
    message.flags &= ~MessageFlags.Loading;
    message.editedMs = this.#clock.now();
    this.#apply(message, body, uploads);
  }

  /** Deletes a message and its files. @throws Problem 10008 when it is gone. */
  remove(id: string): void {
    for (const file of this.#get(id).files) this.#files.remove(file.id);
    this.#messages.delete(id);
  }

  /** Whether somebody sees a message, as far as that depends on its being ephemeral. @throws Problem 10008 when it is gone. */
  isSeenBy(id: string, userId: string): boolean {
    const { flags, askerId } = this.#get(id);
    return (flags & MessageFlags.Ephemeral) === 0 || askerId === userId;
  }

  /** Whether a message still says "is thinking…". @throws Problem 10008 when it is gone. */
  isLoading(id: string): boolean {
    return (this.#get(id).flags & MessageFlags.Loading) !== 0;
  }

  /** What a person sees. @throws Problem 10008 when it is gone. */
  seen(id: string): SeenMessage {
    const message = this.#get(id);
    return {
      id,
      channelId: message.channelId,
      content: message.content,
      mentions: message.mentions.map(({ username }) => username),
      replyTo: message.replyTo,
      embeds: message.embeds.map((embed) => this.#resolve(embed, message.files)),
      components: message.components,
      attachments: message.files.map((file) => ({ ...file, url: this.#files.address(file) })),
      ephemeral: (message.flags & MessageFlags.Ephemeral) !== 0,
    };
  }

  /** What REST answers and the gateway sends. @throws Problem 10008 when it is gone. */
  toApi(id: string): APIMessage {
    const message = this.#get(id);
    const inEmbeds = new Set(message.embeds.flatMap((embed) => [embed.image?.url, embed.thumbnail?.url]));
    // Discord leaves a file that an embed shows out of the attachments (discord-api-docs issue 1340).
    const attachments = message.files.filter((file) => !inEmbeds.has(`attachment://${file.filename}`));
    return {
      id,
      channel_id: message.channelId,
      author: message.author,
      content: message.content,
      timestamp: new Date(message.sentMs).toISOString(),
      edited_timestamp: message.editedMs === undefined ? null : new Date(message.editedMs).toISOString(),
      tts: false,
      mention_everyone: false,
      mentions: [...message.mentions],
      mention_roles: [],
      attachments: attachments.map((file) => this.#files.describe(file)),
      embeds: message.embeds.map((embed) => this.#resolve(embed, message.files)),
      components: message.components,
      pinned: false,
      type: message.replyTo === undefined ? MessageType.Default : MessageType.Reply,
      ...(message.replyTo === undefined
        ? {}
        : {
            message_reference: {
              type: MessageReferenceType.Default,
              message_id: message.replyTo,
              channel_id: message.channelId,
            },
          }),
      flags: message.flags,
    };
  }

  /** The message that a body replies to. @throws Problem 50035 when it isn't there and has to be. */
  #referenced(channelId: string, { message_reference: reference }: MessageBody): string | undefined {
    if (!reference) return undefined;
    if (this.#messages.get(reference.message_id)?.channelId === channelId) return reference.message_id;
    if (reference.fail_if_not_exists) throw problems.unknownReference();
    return undefined;
  }

  /** The people whom a text mentions (`<@id>`), as far as the bot wants them to be told. */
  #mentioned(content: string, allowed: MessageBody["allowed_mentions"]): readonly APIUser[] {
    const ids = Array.from(content.matchAll(/<@!?(\d+)>/g), ([, id = ""]) => id);
    const isTold = (id: string) => !allowed || allowed.parse.includes("users") || allowed.users.includes(id);
    return [...new Set(ids)].filter(isTold).flatMap((id) => this.#findUser(id) ?? []);
  }

  #get(id: string): StoredMessage {
    const message = this.#messages.get(id);
    if (!message) throw problems.unknownMessage();
    return message;
  }

  #blank(origin: MessageOrigin): StoredMessage {
    const message: StoredMessage = {
      ...origin,
      id: this.#nextId(),
      sentMs: this.#clock.now(),
      editedMs: undefined,
      content: "",
      embeds: [],
      components: [],
      files: [],
      flags: 0,
      mentions: [],
      replyTo: undefined,
      nonce: undefined,
    };
    this.#messages.set(message.id, message);
    return message;
  }

  #apply(message: StoredMessage, body: MessageBody, uploads: readonly UploadedFile[]): void {
    if (body.content !== undefined) {
      message.content = body.content ?? "";
      message.mentions = this.#mentioned(message.content, body.allowed_mentions);
    }
    if (body.embeds !== undefined) message.embeds = body.embeds ?? [];
    if (body.components !== undefined) message.components = numbered(body.components ?? []);
    const listed = new Map(body.attachments?.map((attachment) => [attachment.id, attachment]));
    const kept = message.files.filter((file) => body.attachments === undefined || listed.has(file.id));
    for (const file of message.files) if (!kept.includes(file)) this.#files.remove(file.id);
    const added = uploads.map((upload) => {
      const details = listed.get(String(upload.index));
      return this.#files.add(message.channelId, {
        filename: details?.filename ?? upload.filename,
        description: details?.description ?? undefined,
        contentType: upload.contentType === "application/octet-stream" ? undefined : upload.contentType,
        bytes: upload.bytes,
      });
    });
    message.files = [...kept, ...added];
  }

  /** Puts addresses where an embed says `attachment://name`. */
  #resolve(embed: EmbedBody, files: readonly StoredFile[]): APIEmbed {
    const address = (url: string) => {
      const file = files.find(({ filename }) => url === `attachment://${filename}`);
      return { url: file ? this.#files.address(file) : url };
    };
    return {
      ...embed,
      ...(embed.image ? { image: address(embed.image.url) } : {}),
      ...(embed.thumbnail ? { thumbnail: address(embed.thumbnail.url) } : {}),
    };
  }
}

function requireSomething(body: MessageBody, uploads: readonly UploadedFile[]): void {
  const parts = [body.content, body.embeds, body.components, uploads];
  if (parts.every((part) => !part?.length)) throw problems.emptyMessage();
}
