import { once } from "node:events";
import { GatewayDispatchEvents, GatewayOpcodes } from "discord.js";
import { VoiceCloseCodes, VoiceOpcodes } from "discord-api-types/voice/v8";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { APPLICATION_ID, GUILD_ID, handClock, type LocalDiscordOptions, VOICE_CHANNEL_ID } from "../index.ts";
import { Journal } from "../journal.ts";
import { voiceBot } from "./voice-bot.ts";

const voiceState = z.object({ session_id: z.string(), user_id: z.literal(APPLICATION_ID) });
const serverUpdate = z.object({ token: z.string(), endpoint: z.string() });
const message = z.looseObject({ op: z.int(), d: z.unknown() });

/** What the main gateway tells a bot that wants to join, and a way to say anything to the voice gateway. */
async function wireTo(options: LocalDiscordOptions = {}) {
  const { discord, client } = await voiceBot(options);
  const events = new Journal<{ readonly type: string; readonly d: unknown }>();
  for (const type of [GatewayDispatchEvents.VoiceStateUpdate, GatewayDispatchEvents.VoiceServerUpdate] as const) {
    client.ws.on(type, (d: unknown) => events.push({ type, d }));
  }
  client.guilds.cache.get(GUILD_ID)?.shard.send({
    op: GatewayOpcodes.VoiceStateUpdate,
    d: { guild_id: GUILD_ID, channel_id: VOICE_CHANNEL_ID, self_deaf: false, self_mute: true },
  });
  const event = async (type: string) => (await events.find((each) => each.type === type, type)).d;
  const { session_id } = voiceState.parse(await event(GatewayDispatchEvents.VoiceStateUpdate));
  const { token, endpoint } = serverUpdate.parse(await event(GatewayDispatchEvents.VoiceServerUpdate));
  const identity = { server_id: GUILD_ID, user_id: APPLICATION_ID, session_id, token, max_dave_protocol_version: 1 };
  const connect = async (version = "8") => {
    const socket = new WebSocket(`wss://${endpoint}/?v=${version}`);
    onTestFinished(() => socket.terminate());
    const heard = new Journal<z.infer<typeof message>>();
    socket.on("message", (data, isBinary) => {
      if (!isBinary) heard.push(message.parse(JSON.parse(String(data))));
    });
    const closed = once(socket, "close").then(([code]): unknown => code);
    await once(socket, "open");
    return {
      say: (op: number, d: unknown) => socket.send(JSON.stringify({ op, d })),
      raw: (data: string | Buffer) => socket.send(data),
      cut: () => socket.terminate(),
      heard: (op: VoiceOpcodes) => heard.find((each) => each.op === op, `opcode ${op}`),
      all: heard,
      closed,
    };
  };
  return { discord, identity, connect };
}

const identify = (d: object) => JSON.stringify({ op: VoiceOpcodes.Identify, d });
const select = (protocol: string, mode: string) =>
  JSON.stringify({ op: VoiceOpcodes.SelectProtocol, d: { protocol, data: { address: "127.0.0.1", port: 1, mode } } });

type Identity = Awaited<ReturnType<typeof wireTo>>["identity"];
test.each<[string, VoiceCloseCodes, (identity: Identity) => readonly (string | Buffer)[]]>([
  ["an unknown opcode", VoiceCloseCodes.UnknownOpcode, () => ['{"op":99,"d":{}}']],
  ["an unknown binary opcode", VoiceCloseCodes.UnknownOpcode, (me) => [identify(me), Buffer.from([99])]],
  ["nonsense", VoiceCloseCodes.FailedToDecode, () => ["nonsense"]],
  ["half a login", VoiceCloseCodes.FailedToDecode, () => ['{"op":0,"d":{}}']],
  ["anything before the login", VoiceCloseCodes.NotAuthenticated, () => [select("udp", "any")]],
  ["encryption before the login", VoiceCloseCodes.NotAuthenticated, () => [Buffer.from([26, 0])]],
  ["a wrong token", VoiceCloseCodes.AuthenticationFailed, (me) => [identify({ ...me, token: "wrong" })]],
  ["somebody else's session", VoiceCloseCodes.AuthenticationFailed, (me) => [identify({ ...me, session_id: "other" })]],
  ["a second login", VoiceCloseCodes.AlreadyAuthenticated, (me) => [identify(me), identify(me)]],
  ["another guild", VoiceCloseCodes.ServerNotFound, (me) => [identify({ ...me, server_id: "1" })]],
  ["another protocol", VoiceCloseCodes.UnknownProtocol, (me) => [identify(me), select("webrtc", "any")]],
  ["an old mode", VoiceCloseCodes.UnknownEncryptionMode, (me) => [identify(me), select("udp", "xsalsa20_poly1305")]],
  [
    "a client without DAVE",
    VoiceCloseCodes.EndToEndEncryptionDAVEProtocolRequired,
    (me) => [identify({ ...me, max_dave_protocol_version: 0 })],
  ],
  [
    "an unknown session to resume",
    VoiceCloseCodes.SessionNoLongerValid,
    (me) => [JSON.stringify({ op: VoiceOpcodes.Resume, d: { ...me, seq_ack: 0 } })],
  ],
])("%s closes with %i", async (_, code, messages) => {
  const { identity, connect } = await wireTo();
  const { raw, closed } = await connect();
  for (const each of messages(identity)) raw(each);
  expect(await closed).toBe(code);
});

test("another version of the gateway is a bad request", async () => {
  const { connect } = await wireTo();
  expect(await (await connect("4")).closed).toBe(VoiceCloseCodes.BadRequest);
});

test("a login is answered with everything that a client needs, and a heartbeat with its own number", async () => {
  const { identity, connect } = await wireTo();
  const { say, heard } = await connect();
  expect(await heard(VoiceOpcodes.Hello)).toMatchObject({ d: { v: 8, heartbeat_interval: 13_750 } });
  say(VoiceOpcodes.Identify, identity);
  expect(await heard(VoiceOpcodes.Ready)).toMatchObject({
    d: { modes: ["aead_aes256_gcm_rtpsize", "aead_xchacha20_poly1305_rtpsize"] },
  });
  say(VoiceOpcodes.Heartbeat, { t: 42, seq_ack: -1 });
  expect(await heard(VoiceOpcodes.HeartbeatAck)).toMatchObject({ d: { t: 42 } });
});

test("a client that sends no heartbeats times out, and one that does stays", async () => {
  const clock = handClock();
  const { discord, identity, connect } = await wireTo({ clock });
  const { say, heard, closed } = await connect();
  say(VoiceOpcodes.Identify, identity);
  await heard(VoiceOpcodes.Ready);
  clock.advance(20_000);
  say(VoiceOpcodes.Heartbeat, { t: 1, seq_ack: -1 });
  await heard(VoiceOpcodes.HeartbeatAck);
  clock.advance(20_000);
  expect(discord.voice.actions.entries).toEqual([{ kind: "identified", userId: APPLICATION_ID }]);
  clock.advance(10_000);
  expect(await closed).toBe(VoiceCloseCodes.SessionTimeout);
});

test("who resumes gets what they missed, in order and once", async () => {
  const { discord, identity, connect } = await wireTo({ voice: { dave: "off" } });
  const first = await connect();
  first.say(VoiceOpcodes.Identify, identity);
  await first.heard(VoiceOpcodes.Ready);
  first.raw(select("udp", "aead_aes256_gcm_rtpsize"));
  const { seq } = await first.heard(VoiceOpcodes.SessionDescription);
  first.cut();
  await first.closed;
  for (const name of ["Ada", "Bert", "Cleo"]) await discord.user(name).voice.join();
  const second = await connect();
  second.say(VoiceOpcodes.Resume, { ...identity, seq_ack: seq });
  await second.heard(VoiceOpcodes.Resumed);
  const arrivals = () => second.all.entries.filter(({ op }) => op === VoiceOpcodes.ClientsConnect);
  await second.all.find(() => arrivals().length === 3, "three arrivals");
  expect(arrivals().map(({ d }) => d)).toEqual(
    ["Ada", "Bert", "Cleo"].map((name) => ({ user_ids: [discord.user(name).id] })),
  );
  await discord.user("Ada").voice.leave();
  expect(await second.heard(VoiceOpcodes.ClientDisconnect)).toMatchObject({ seq: 4 });
});
