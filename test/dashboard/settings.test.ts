import { afterAll, beforeAll, expect, test } from "vitest";
import { API } from "../../src/dashboard/api/index.ts";
import { CHANNEL_ID, CLOSED_CHANNEL_ID, GUILD_ID, ROLE_ID, VOICE_CHANNEL_ID } from "../discord/index.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { MANAGE, MODERATE, type Rig, type SignedInHeaders, startRig } from "./rig.ts";

const URL = `/api/v1/guilds/${GUILD_ID}`;

const postgres = postgresForFile();
let rig: Rig;
let manager: SignedInHeaders;

beforeAll(async () => {
  rig = await startRig(postgres);
  manager = await rig.signIn("Max", MANAGE | MODERATE);
});
afterAll(() => rig.close());

const change = (payload: object) =>
  rig.app.inject({ method: "PATCH", url: `${URL}/settings`, headers: manager, payload });

test("a server is told with its channels and roles", async () => {
  const { body } = await rig.app.inject({ url: URL, headers: manager });
  const guild = API.guild.answer.parse(JSON.parse(body));
  expect(guild).toMatchObject({ id: GUILD_ID, name: "Choir", mayManage: true });
  expect(guild.channels).toContainEqual({ id: CHANNEL_ID, name: "general", kind: "text" });
  expect(guild.channels).toContainEqual({ id: VOICE_CHANNEL_ID, name: "Stage door", kind: "voice" });
  expect(guild.channels.map(({ name }) => name)).not.toContain("Rehearsals");
  expect(guild.roles).toContainEqual({ id: ROLE_ID, name: "Choirmasters" });
});

test("settings are changed as /settings changes them, and who did it is written down", async () => {
  const wanted = {
    language: "pl",
    retentionDays: 7,
    alertChannelId: CHANNEL_ID,
    live: { kind: "roles", roleIds: [ROLE_ID] },
  };
  const changed = await change({ ...wanted, automatic: [{ channelId: CHANNEL_ID, answer: "reply" }] });
  expect(changed.json()).toMatchObject({ ...wanted, answers: "public" });
  expect(await rig.store.guilds.settings(GUILD_ID)).toEqual(changed.json());
  const seen = await rig.app.inject({ url: `${URL}/audit?kind=change`, headers: manager });
  const { entries } = API.audit.answer.parse(seen.json());
  expect(entries.map(({ action }) => action).toSorted()).toEqual([
    "alertChannelId",
    "automatic",
    "language",
    "live",
    "retentionDays",
  ]);
  expect(entries[0]).toMatchObject({ actorName: "Max" });
});

test.each([
  ["a channel that is closed to Timbre", 422, { alertChannelId: CLOSED_CHANNEL_ID }, "channel-closed"],
  ["a channel that isn't there", 422, { automatic: [{ channelId: "1", answer: "reply" }] }, "channel-closed"],
  ["a language that Timbre doesn't speak", 400, { language: "tlh" }, "bad-request"],
  ["a retention of a thousand days", 400, { retentionDays: 1000 }, "bad-request"],
  ["no roles", 400, { live: { kind: "roles", roleIds: [] } }, "bad-request"],
])("%s is refused", async (_, status, wanted, code) => {
  const before = await rig.store.guilds.settings(GUILD_ID);
  const answer = await change(wanted);
  expect([answer.statusCode, answer.json().error.code]).toEqual([status, code]);
  expect(await rig.store.guilds.settings(GUILD_ID)).toEqual(before);
});

test("more channels than /settings takes are refused", async () => {
  const automatic = Array.from({ length: 26 }, (_, index) => ({ channelId: `${index}`, answer: "reaction" }));
  expect((await change({ automatic })).json().error.code).toBe("too-many-channels");
});
