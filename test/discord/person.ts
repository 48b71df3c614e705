/** A person at a keyboard: writes messages, uses commands and sees what becomes of them. */

import {
  type APIAttachment,
  type APIChatInputApplicationCommandInteractionData,
  type APIMessage,
  type APIMessageApplicationCommandInteractionData,
  type APIMessageComponentInteractionData,
  type APIUser,
  ApplicationCommandType,
  GatewayDispatchEvents,
  type GatewayInteractionCreateDispatchData,
  GatewayOpcodes,
  InteractionType,
} from "discord-api-types/v10";
import type { StoredCommand } from "./commands.ts";
import type { Row } from "./components.ts";
import { channelOf, contextPayload, type Manner, type MannerThere } from "./contexts.ts";
import { chooseData, type FieldValues, pressData, submitData } from "./controls.ts";
import { type Conversation, conversation } from "./conversation.ts";
import type { NewFile } from "./files.ts";
import type { Gateway } from "./gateway.ts";
import type { Interaction, Occasion, OpenedModal } from "./interactions.ts";
import type { SeenMessage } from "./messages.ts";
import { type AttachedFile, fillOptions, type OptionValues } from "./options.ts";
import { ALL_PERMISSIONS } from "./payloads.ts";
import { contextOf, ownersIn, type Place, placeOf } from "./places.ts";
import type { State } from "./state.ts";
import type { PersonVoice } from "./voice/person-voice.ts";

/** Length and loudness of every voice message; nobody here listens. */
const VOICE = { durationSeconds: 1.5, waveform: Buffer.from([0, 128, 255, 64]).toString("base64") };

const PLACES: Readonly<Record<Place, string>> = {
  guild: "in a guild",
  dm: "in direct messages",
  group: "in a group",
  foreign: "in a guild without the bot",
};

/** What somebody writes. */
export interface Writing {
  readonly content?: string;
  readonly files?: readonly AttachedFile[];
  /** Whether the one file was recorded in Discord. */
  readonly voice?: boolean;
}

type CommandData = APIChatInputApplicationCommandInteractionData | APIMessageApplicationCommandInteractionData;

/** A person. */
export class Person {
  /** The person in voice channels. */
  readonly voice: PersonVoice;
  readonly #user: APIUser;
  readonly #state: State;
  readonly #gateway: Gateway;

  readonly #findUser = (id: string) => this.#state.userById(id);

  constructor(user: APIUser, state: State, gateway: Gateway, voice: PersonVoice) {
    this.voice = voice;
    this.#user = user;
    this.#state = state;
    this.#gateway = gateway;
  }

  /** The person's id. */
  get id(): string {
    return this.#user.id;
  }

  /** Lets the person into the guild, as far as REST tells, to do this and what everyone may; nothing takes them out. */
  may(permissions: bigint | undefined): void {
    if (permissions === undefined) this.#state.memberPermissions.delete(this.id);
    else this.#state.memberPermissions.set(this.id, permissions);
  }

  /** Lets the person do this in the guild without the bot. */
  mayElsewhere(permissions: bigint): void {
    this.#state.foreignPermissions.set(this.id, permissions);
  }

  /** Logs the person in to Discord in the browser that signs in with it next. */
  useBrowser(): void {
    this.#state.oauth.browserUser = this.#user;
  }

  /**
   * Sends a slash command, as Discord's own client lets one do it. A subcommand follows after a space.
   * @throws Error when the command isn't registered (here), or the options don't fit it.
   */
  slash(commandName: string, values: OptionValues = {}, manner: Manner = {}): Conversation {
    const [name = "", ...path] = commandName.split(" ");
    const command = this.#command(ApplicationCommandType.ChatInput, name, manner);
    const upload = (file: AttachedFile) => this.#upload(channelOf(manner), file);
    const { options, resolved, attachments } = fillOptions(command.options ?? [], path, values, upload);
    const { id } = command;
    const data = { id, name, type: ApplicationCommandType.ChatInput, options, resolved } as const;
    return this.#send(data, manner, attachments);
  }

  /**
   * Chooses a command in a message's menu, where the message is.
   * @throws Error when the command isn't registered (there).
   */
  readMessage(commandName: string, message: APIMessage, there: MannerThere = {}): Conversation {
    const manner = { ...there, channelId: message.channel_id };
    const { id, name } = this.#command(ApplicationCommandType.Message, commandName, manner);
    const resolved = { messages: { [message.id]: this.#state.messages.toApi(message.id) } };
    const data = { id, name, type: ApplicationCommandType.Message, target_id: message.id, resolved } as const;
    return this.#send(data, manner, message.attachments);
  }

  /**
   * Writes a message.
   * @throws Error when a voice message isn't one file alone.
   */
  post(
    { content = "", files = [], voice = false }: Writing,
    manner: Pick<Manner, "dm" | "channelId"> = {},
  ): APIMessage {
    if (voice && (content !== "" || files.length !== 1)) throw new Error("A voice message is one file and no words.");
    const origin = { channelId: channelOf(manner), author: this.#user };
    const attached = files.map((file) => ({ ...newFile(file), ...(voice ? { voice: VOICE } : {}) }));
    const message = this.#state.messages.toApi(this.#state.messages.post(origin, content, attached));
    this.#gateway.dispatchMessage(message);
    return message;
  }

  /**
   * Presses a button of a message, called by its label, emoji or custom id.
   * @throws Error when there is no such button, or it can't be pressed.
   */
  press({ id }: Pick<SeenMessage, "id">, button: string, there: MannerThere = {}): Conversation {
    return this.#operate(id, pressData(this.#rowsOf(id), button), there);
  }

  /**
   * Chooses in a select of a message, called by its placeholder or custom id.
   * @param chosen labels or values of options; ids of people, roles or channels
   * @throws Error when there is no such select, or the choice isn't possible in it.
   */
  choose(
    { id }: Pick<SeenMessage, "id">,
    select: string,
    chosen: readonly string[],
    there: MannerThere = {},
  ): Conversation {
    return this.#operate(id, chooseData(this.#rowsOf(id), select, chosen, this.#findUser), there);
  }

  /**
   * Fills in a modal and sends it.
   * @throws Error when a value fits no field, or a field doesn't take it.
   */
  submit({ modal, occasion }: OpenedModal, values: FieldValues, there: MannerThere = {}): Conversation {
    const { channelId, sourceId } = occasion;
    const data = submitData(modal, values, this.#findUser);
    const interaction = this.#begin("modal", channelId, sourceId);
    const { id, token } = interaction;
    const type = InteractionType.ModalSubmit as const;
    const payload = {
      ...contextPayload(this.#user, { ...there, channelId }, this.#state.denied),
      id,
      token,
      type,
      data,
    };
    this.#tell(sourceId === undefined ? payload : { ...payload, message: this.#state.messages.toApi(sourceId) });
    return conversation(interaction);
  }

  #command<Kind extends StoredCommand["type"]>(kind: Kind, name: string, manner: Manner) {
    const { permissions = ALL_PERMISSIONS, isLetIn = false } = manner;
    const command = this.#state.commands.find(kind, name);
    if (command === undefined) throw new Error(`No command ${spelt(kind, name)} is registered.`);
    const place = placeOf(channelOf(manner));
    if (command.contexts && !command.contexts.includes(contextOf(place)))
      throw new Error(`${spelt(kind, name)} can't be used ${PLACES[place]}.`);
    if (!command.integration_types.some((type) => type in ownersIn(place, this.#user.id)))
      throw new Error(`${spelt(kind, name)} isn't installed ${PLACES[place]}.`);
    const needed = BigInt(command.default_member_permissions ?? 0);
    if (place === "guild" && !isLetIn && (BigInt(permissions) & needed) !== needed) {
      throw new Error(`${spelt(kind, name)} isn't offered to people without the permissions ${needed}.`);
    }
    return command;
  }

  #send(data: CommandData, manner: Manner, attachments: readonly APIAttachment[]): Conversation {
    const interaction = this.#begin("command", channelOf(manner));
    const { id, token } = interaction;
    const type = InteractionType.ApplicationCommand as const;
    const payload = { ...contextPayload(this.#user, manner, this.#state.denied), id, token, type };
    // Discord's own type keeps the two kinds apart, so the payload must, too.
    this.#tell(data.type === ApplicationCommandType.Message ? { ...payload, data } : { ...payload, data });
    return conversation(interaction, attachments);
  }

  #operate(messageId: string, data: APIMessageComponentInteractionData, there: MannerThere): Conversation {
    const message = this.#state.messages.toApi(messageId);
    const channelId = message.channel_id;
    const interaction = this.#begin("component", channelId, messageId);
    const { id, token } = interaction;
    const type = InteractionType.MessageComponent as const;
    this.#tell({
      ...contextPayload(this.#user, { ...there, channelId }, this.#state.denied),
      id,
      token,
      type,
      data,
      message,
    });
    return conversation(interaction);
  }

  #begin(kind: Occasion["kind"], channelId: string, sourceId?: string): Interaction {
    return this.#state.interactions.begin({
      ...{ kind, channelId, userId: this.#user.id, sourceId },
      isGuest: ["group", "foreign"].includes(placeOf(channelId)),
    });
  }

  #tell(d: GatewayInteractionCreateDispatchData): void {
    const event = { op: GatewayOpcodes.Dispatch, t: GatewayDispatchEvents.InteractionCreate, d } as const;
    this.#gateway.dispatch(event, { guildId: d.guild_id });
  }

  /** The rows of a message that this person sees. */
  #rowsOf(messageId: string): readonly Row[] {
    if (!this.#state.messages.isSeenBy(messageId, this.#user.id)) throw new Error("Only the asker sees this message.");
    return this.#state.messages.seen(messageId).components;
  }

  #upload(channelId: string, file: AttachedFile): APIAttachment {
    return this.#state.files.describe(this.#state.files.add(channelId, newFile(file)));
  }
}

function newFile({ name, bytes, contentType }: AttachedFile): NewFile {
  return { filename: name, bytes, contentType };
}

/** A command as people call it. */
function spelt(kind: StoredCommand["type"], name: string): string {
  return kind === ApplicationCommandType.ChatInput ? `/${name}` : `"${name}"`;
}
