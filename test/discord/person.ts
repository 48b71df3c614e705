/** A person at a keyboard: writes messages, uses commands and sees what becomes of them. */

import {
  type APIApplicationCommandInteractionDataBasicOption,
  type APIAttachment,
  type APIChatInputApplicationCommandInteraction,
  type APIChatInputApplicationCommandInteractionData,
  type APIMessage,
  type APIMessageApplicationCommandInteractionData,
  type APIUser,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  GatewayDispatchEvents,
  GatewayOpcodes,
  InteractionContextType,
  InteractionType,
  Locale,
} from "discord-api-types/v10";
import type { CommandOption, StoredCommand } from "./commands.ts";
import type { NewFile } from "./files.ts";
import type { Gateway } from "./gateway.ts";
import type { Acknowledgement, Interaction, InteractionEvent } from "./interactions.ts";
import type { SeenMessage } from "./messages.ts";
import {
  ALL_PERMISSIONS,
  APPLICATION_ID,
  CHANNEL_ID,
  DM_CHANNEL_ID,
  dmChannel,
  GUILD_ID,
  memberPayload,
  TEXT_CHANNEL,
} from "./payloads.ts";
import type { State } from "./state.ts";

/** Largest attachment without a subscription, in bytes. */
const ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024;

/** Length and loudness of every voice message; nobody here listens. */
const VOICE = { durationSeconds: 1.5, waveform: Buffer.from([0, 128, 255, 64]).toString("base64") };

/** A file to attach. */
export interface AttachedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Found by the name's ending when left out. */
  readonly contentType?: string;
}

/** What somebody fills into a command's options. */
export type OptionValues = Readonly<Record<string, string | AttachedFile>>;

/** Where and in which language somebody speaks. */
export interface Manner {
  /** Discord's locale, e.g. `de` or `en-GB`. Default `en-US`. */
  readonly locale?: string | undefined;
  /** In the direct messages with the bot rather than in the guild. */
  readonly dm?: boolean | undefined;
  /** What the person may do in the guild, as Discord writes it. Default: everything. */
  readonly permissions?: string | undefined;
}

/** What somebody writes. */
export interface Writing {
  readonly content?: string;
  readonly files?: readonly AttachedFile[];
  /** Whether the one file was recorded in Discord. */
  readonly voice?: boolean;
}

type CommandData = APIChatInputApplicationCommandInteractionData | APIMessageApplicationCommandInteractionData;

/** A command that was sent, in the eyes of its sender. Every wait fails when the bot did not respond in time. */
export interface Conversation {
  /** Interaction id. */
  readonly id: string;
  /** The files that were attached, with their addresses. */
  readonly attachments: readonly APIAttachment[];
  /** Everything that happened so far. */
  readonly history: readonly InteractionEvent[];
  /** Waits for the bot's first sign: an answer, or "is thinking…". */
  acknowledged(): Promise<Acknowledgement>;
  /** Waits for the first edit of the answer. */
  edited(): Promise<SeenMessage>;
  /** Waits for the first answer that isn't "is thinking…". */
  answered(): Promise<SeenMessage>;
}

/** A person. */
export class Person {
  readonly #user: APIUser;
  readonly #state: State;
  readonly #gateway: Gateway;

  constructor(user: APIUser, state: State, gateway: Gateway) {
    this.#user = user;
    this.#state = state;
    this.#gateway = gateway;
  }

  /** The person's user id. */
  get id(): string {
    return this.#user.id;
  }

  /**
   * Sends a slash command, as Discord's own client lets one do it.
   * @throws Error when the command isn't registered (here), or the options don't fit it.
   */
  slash(commandName: string, values: OptionValues = {}, manner: Manner = {}): Conversation {
    const command = this.#command(ApplicationCommandType.ChatInput, commandName, manner);
    checkOptions(command.options ?? [], values);
    const { options, attachments } = this.#fill(command.options ?? [], values, channelOf(manner));
    const resolved = { attachments: Object.fromEntries(attachments.map((each) => [each.id, each])) };
    const data = {
      id: command.id,
      name: command.name,
      type: ApplicationCommandType.ChatInput,
      options,
      resolved,
    } as const;
    return this.#send(data, manner, attachments);
  }

  /**
   * Chooses a command in a message's menu, where the message is.
   * @throws Error when the command isn't registered (there).
   */
  readMessage(
    commandName: string,
    message: APIMessage,
    { locale, permissions }: Omit<Manner, "dm"> = {},
  ): Conversation {
    const manner = { locale, permissions, dm: message.channel_id === DM_CHANNEL_ID };
    const { id, name } = this.#command(ApplicationCommandType.Message, commandName, manner);
    const resolved = { messages: { [message.id]: this.#state.messages.toApi(message.id) } };
    const data = { id, name, type: ApplicationCommandType.Message, target_id: message.id, resolved } as const;
    return this.#send(data, manner, message.attachments);
  }

  /**
   * Writes a message.
   * @throws Error when a voice message isn't one file alone.
   */
  post({ content = "", files = [], voice = false }: Writing, manner: Pick<Manner, "dm"> = {}): APIMessage {
    if (voice && (content !== "" || files.length !== 1)) throw new Error("A voice message is one file and no words.");
    const origin = { channelId: channelOf(manner), author: this.#user };
    const attached = files.map((file) => ({ ...newFile(file), ...(voice ? { voice: VOICE } : {}) }));
    return this.#state.messages.toApi(this.#state.messages.post(origin, content, attached));
  }

  #command<Kind extends StoredCommand["type"]>(kind: Kind, name: string, { dm = false }: Manner) {
    const command = this.#state.commands.find(kind, name);
    if (command === undefined) throw new Error(`No command ${spelt(kind, name)} is registered.`);
    const context = dm ? InteractionContextType.BotDM : InteractionContextType.Guild;
    if (command.contexts && !command.contexts.includes(context)) {
      throw new Error(`${spelt(kind, name)} can't be used ${dm ? "in direct messages" : "in a guild"}.`);
    }
    return command;
  }

  #send(data: CommandData, manner: Manner, attachments: readonly APIAttachment[]): Conversation {
    const interaction = this.#state.interactions.begin(channelOf(manner));
    const payload: Omit<APIChatInputApplicationCommandInteraction, "data"> = {
      ...(manner.dm ? this.#inDirectMessages() : this.#inGuild(manner.permissions)),
      id: interaction.id,
      token: interaction.token,
      locale: localeOf(manner.locale),
      version: 1,
      application_id: APPLICATION_ID,
      type: InteractionType.ApplicationCommand,
      app_permissions: ALL_PERMISSIONS,
      entitlements: [],
      attachment_size_limit: ATTACHMENT_SIZE_LIMIT,
    };
    // Discord's own type keeps the two kinds apart, so the payload must, too.
    const d = data.type === ApplicationCommandType.Message ? { ...payload, data } : { ...payload, data };
    this.#gateway.dispatch({ op: GatewayOpcodes.Dispatch, t: GatewayDispatchEvents.InteractionCreate, d });
    return conversation(interaction, attachments);
  }

  #fill(options: readonly CommandOption[], values: OptionValues, channelId: string) {
    const attachments: APIAttachment[] = [];
    const filled = options.flatMap(({ name }): APIApplicationCommandInteractionDataBasicOption[] => {
      const value = values[name];
      if (value === undefined) return [];
      if (typeof value === "string") return [{ name, type: ApplicationCommandOptionType.String, value }];
      const attachment = this.#upload(channelId, value);
      attachments.push(attachment);
      return [{ name, type: ApplicationCommandOptionType.Attachment, value: attachment.id }];
    });
    return { options: filled, attachments };
  }

  #upload(channelId: string, file: AttachedFile): APIAttachment {
    return this.#state.files.describe(this.#state.files.add(channelId, newFile(file)));
  }

  #inGuild(permissions = ALL_PERMISSIONS) {
    return {
      guild_id: GUILD_ID,
      guild: { id: GUILD_ID, features: [], locale: Locale.EnglishUS },
      guild_locale: Locale.EnglishUS,
      channel: TEXT_CHANNEL,
      channel_id: CHANNEL_ID,
      member: { ...memberPayload(this.#user), permissions },
      context: InteractionContextType.Guild,
      authorizing_integration_owners: { [ApplicationIntegrationType.GuildInstall]: GUILD_ID },
    };
  }

  #inDirectMessages() {
    return {
      channel: dmChannel(this.#user),
      channel_id: DM_CHANNEL_ID,
      user: this.#user,
      context: InteractionContextType.BotDM,
      // "0" says: in the direct messages with the bot itself.
      authorizing_integration_owners: {
        [ApplicationIntegrationType.GuildInstall]: "0",
        [ApplicationIntegrationType.UserInstall]: this.#user.id,
      },
    };
  }
}

function channelOf({ dm = false }: Pick<Manner, "dm">): string {
  return dm ? DM_CHANNEL_ID : CHANNEL_ID;
}

function newFile({ name, bytes, contentType }: AttachedFile): NewFile {
  return { filename: name, bytes, contentType };
}

/** A command as people call it. */
function spelt(kind: StoredCommand["type"], name: string): string {
  return kind === ApplicationCommandType.ChatInput ? `/${name}` : `"${name}"`;
}

function checkOptions(options: NonNullable<SlashOptions>, values: OptionValues): void {
  for (const name of Object.keys(values)) {
    if (!options.some((option) => option.name === name)) throw new Error(`The command has no option ${name}.`);
  }
  for (const { name, type, required } of options) {
    const value = values[name];
    if (value === undefined && required) throw new Error(`The option ${name} is required.`);
    if (value === undefined) continue;
    const wanted =
      typeof value === "string" ? ApplicationCommandOptionType.String : ApplicationCommandOptionType.Attachment;
    if (type !== wanted) throw new Error(`The option ${name} wants a value of type ${type}, not ${wanted}.`);
  }
}

type SlashOptions = Extract<StoredCommand, { type: ApplicationCommandType.ChatInput }>["options"];

function localeOf(code: string | undefined): Locale {
  const locale = Object.values(Locale).find((each) => each === (code ?? Locale.EnglishUS));
  if (locale === undefined) throw new Error(`Discord has no locale ${code}.`);
  return locale;
}

function conversation({ id, journal }: Interaction, attachments: readonly APIAttachment[]): Conversation {
  const find = async <E extends InteractionEvent>(matches: (event: InteractionEvent) => event is E, what: string) => {
    const event = await journal.find(
      (each): each is E | Extract<InteractionEvent, { kind: "failed" }> => each.kind === "failed" || matches(each),
      what,
    );
    if (event.kind === "failed") throw new Error("The application did not respond.");
    return event;
  };
  const isAcknowledgement = (event: InteractionEvent): event is Acknowledgement => event.kind === "acknowledged";
  const isEdit = (event: InteractionEvent) => event.kind === "edited";
  const isAnswer = (event: InteractionEvent): event is Answered =>
    event.kind === "edited" || (event.kind === "acknowledged" && !event.deferred);
  return {
    id,
    attachments,
    get history() {
      return journal.entries;
    },
    acknowledged: () => find(isAcknowledgement, "an acknowledgement"),
    edited: async () => (await find(isEdit, "an edit")).message,
    answered: async () => (await find(isAnswer, "an answer")).message,
  };
}

type Answered = Extract<InteractionEvent, { kind: "edited" | "acknowledged" }>;
