/** The door of the local Discord: REST, gateway and CDN on one loopback port, and people who talk to the bot. */

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { APIUser } from "discord-api-types/v10";
import { serveFile } from "./cdn.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { StoredCommand } from "./commands.ts";
import { type Fault, Faults } from "./faults.ts";
import { type Drop, Gateway, type GatewayAction } from "./gateway.ts";
import type { Journal } from "./journal.ts";
import type { SeenMessage } from "./messages.ts";
import { APPLICATION_ID, BOT_USER } from "./payloads.ts";
import { Person } from "./person.ts";
import { serveRest } from "./rest.ts";
import { type Reaction, type RecordedRequest, type Sharding, State } from "./state.ts";
import { Calls } from "./voice/calls.ts";
import { trust } from "./voice/certificate.ts";
import { VoiceControl } from "./voice/control.ts";
import { PersonVoice } from "./voice/person-voice.ts";
import type { VoiceSettings } from "./voice/voice-server.ts";

export { handClock } from "./clock.ts";
export type { SeenMessage } from "./messages.ts";
export {
  APPLICATION_ID,
  CATEGORY_ID,
  CHANNEL_ID,
  CLOSED_CHANNEL_ID,
  DM_CHANNEL_ID,
  GUILD_ID,
  OTHER_VOICE_CHANNEL_ID,
  ROLE_ID,
  VOICE_CHANNEL_ID,
} from "./payloads.ts";
export { FOREIGN_CHANNEL_ID, GROUP_CHANNEL_ID } from "./places.ts";

/** How the local Discord starts. */
export interface LocalDiscordOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** The one bot token that is right. Default: a new one, in the form of a real one. */
  readonly token?: string;
  /** Time for acknowledgements and signatures. Default: the computer's. */
  readonly clock?: Clock;
  /** How often bots shall send a heartbeat. Default: as often as Discord asks for it. */
  readonly heartbeatMs?: number;
  /** Whether the bot may read what people write in the guild (the intent "message content"). Default: it may not. */
  readonly messageContent?: boolean;
  /** What it says about shards. */
  readonly sharding?: Sharding;
  /** How voice servers behave. Default: as Discord's. */
  readonly voice?: VoiceSettings;
}

/** A running local Discord. */
export interface LocalDiscord {
  /** For `DISCORD_API`: the REST address without its version. */
  readonly api: string;
  /** For `DISCORD_TOKEN`. */
  readonly token: string;
  /** For `TIMBRE_FETCH_HOSTS`: host and port of the attachments. */
  readonly cdnHost: string;
  /** Every REST request, in the order of the answers. */
  readonly requests: Journal<RecordedRequest>;
  /** What bots did at the gateway, in order. */
  readonly gatewayActions: Journal<GatewayAction>;
  /** The registered commands. */
  readonly commands: readonly StoredCommand[];
  /** Messages that the bot sent to channels, outside of interactions. */
  readonly sent: Journal<SeenMessage>;
  /** Edits of these messages. */
  readonly edits: Journal<SeenMessage>;
  /** What the bot calls itself in the guild; null: as everywhere. */
  readonly botNick: string | null;
  /** The bot's reactions to messages. */
  readonly reactions: Journal<Reaction>;
  /** Takes permissions from the bot in the guild's channels. */
  forbid(...permissions: readonly bigint[]): void;
  /** Deletes a message, as its author or a moderator does. */
  deleteMessage(id: string): void;
  /** Voice channels, seen from outside. */
  readonly voice: VoiceControl;
  /** Waits until a bot is logged in. */
  ready(): Promise<void>;
  /** Waits until a command of this name is registered, at most `patienceMs`. */
  registered(commandName: string, patienceMs?: number): Promise<void>;
  /** The person of this name. */
  user(name: string): Person;
  /** Makes the next requests of a route fail. */
  fail(fault: Fault): void;
  /** Takes an attachment off the CDN: its address answers 404 from now on. */
  deleteAttachment(id: string): void;
  /** Drops every gateway connection. Default: the wire is cut. */
  dropGateway(how?: Drop): void;
  /** Ends everything. */
  close(): Promise<void>;
}

/** Starts a local Discord on 127.0.0.1. */
export async function startLocalDiscord(options: LocalDiscordOptions = {}): Promise<LocalDiscord> {
  const { port = 0, token = newToken(), clock = systemClock, heartbeatMs, messageContent = false } = options;
  const state = new State(token, clock, messageContent, options.sharding ?? {});
  const faults = new Faults();
  const server = createServer();
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The local Discord has no port.");

  const host = `127.0.0.1:${address.port}`;
  const gatewayUrl = `ws://${host}`;
  state.files.origin = `http://${host}`;
  const gateway = new Gateway(state, server, gatewayUrl, heartbeatMs);
  const calls = new Calls(clock, options.voice ?? {}, gateway);
  const distrust = trust(calls.certificate);
  state.onBotRenamed = () => gateway.dispatchBotMember();
  gateway.voiceStates = () => calls.states();
  gateway.onVoiceWish = (wish) => void calls.update(BOT_USER, wish);
  const voices = new Map<string, PersonVoice>();
  const voiceOf = (user: APIUser) => {
    const voice = voices.get(user.id) ?? new PersonVoice(user, calls, clock);
    voices.set(user.id, voice);
    return voice;
  };
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", `http://${host}`);
    if (url.pathname.startsWith("/attachments/")) serveFile(state.files, url, request, response);
    else void serveRest({ state, faults, gatewayUrl }, url, request, response);
  });

  return {
    api: `http://${host}/api`,
    token,
    cdnHost: host,
    requests: state.requests,
    gatewayActions: gateway.actions,
    get commands() {
      return state.commands.all();
    },
    sent: state.sent,
    edits: state.edits,
    get botNick() {
      return state.botNick;
    },
    reactions: state.reactions,
    forbid: (...permissions) => {
      for (const permission of permissions) state.denied |= permission;
    },
    deleteMessage: (id) => state.messages.remove(id),
    async ready() {
      await gateway.actions.find((action) => action === "identified", "a bot to log in");
    },
    async registered(commandName, patienceMs) {
      const isThere = () => state.commands.all().some(({ name }) => name === commandName);
      if (!isThere()) await state.requests.find(isThere, `the command ${commandName}`, patienceMs);
    },
    voice: new VoiceControl(calls),
    user: (name) => new Person(state.user(name), state, gateway, voiceOf(state.user(name))),
    fail: (fault) => faults.add(fault),
    deleteAttachment: (id) => state.files.remove(id),
    dropGateway: (how = "cut") => gateway.drop(how),
    async close() {
      await Promise.all([...voices.values()].map((voice) => voice.leave()));
      await calls.close();
      distrust();
      gateway.close();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** Real tokens begin with the bot's id, and libraries read it from there. */
function newToken(): string {
  const id = Buffer.from(APPLICATION_ID).toString("base64url");
  return `${id}.${randomBytes(4).toString("hex")}.${randomBytes(20).toString("hex")}`;
}
