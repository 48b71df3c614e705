import { afterEach, expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { isPublicAddress } from "../../src/jobs/public-address.ts";
import { fetchClip } from "../../src/worker/fetch-clip.ts";
import { publicAgent } from "../../src/worker/public-addresses.ts";
import { startTestServer, type TestServer } from "../support/http-server.ts";

const MIB = 1024 * 1024;
let server: TestServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function serve(answer: Parameters<typeof startTestServer>[0]): Promise<TestServer> {
  server = await startTestServer(answer);
  return server;
}

/** Fetches from a server, which is allowed. */
function fetchFrom({ address, host }: TestServer, options: { maxBytes?: number; timeoutMs?: number } = {}) {
  return fetchClip(`${address}/voice.ogg?ex=1`, { hosts: [host], maxBytes: MIB, ...options });
}

test("gets the bytes", async () => {
  const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, i) => i % 251));
  const from = await serve((_request, response) => response.end(bytes));
  expect(Buffer.compare(bytes, await fetchFrom(from))).toBe(0);
});

test.each([
  ["a host that isn't listed", "https://example.org/a.ogg", "example.org"],
  ["a listed host without encryption", "http://cdn.discordapp.com/a.ogg", "cdn.discordapp.com"],
  ["a listed host at another port", "https://cdn.discordapp.com:8443/a.ogg", "cdn.discordapp.com:8443"],
  ["a host that looks like a listed one", "https://cdn.discordapp.com.evil.org/a.ogg", "cdn.discordapp.com.evil.org"],
  ["a listed host in front of another", "https://cdn.discordapp.com@evil.org/a.ogg", "evil.org"],
  ["a file", "file:///etc/passwd", ""],
])("refuses %s", async (_what, url, host) => {
  const fetching = fetchClip(url, { hosts: ["cdn.discordapp.com"], maxBytes: MIB });
  await expect(fetching).rejects.toThrow(new UserError("fetch-refused", { host }));
});

test.each([
  ["127.0.0.1"],
  ["10.1.2.3"],
  ["169.254.169.254"],
  ["::1"],
  ["fd00::1"],
  ["::ffff:127.0.0.1"],
  ["162.159.130.233", "192.168.0.1"],
])("a listed host that resolves to %s is refused", async (...addresses) => {
  const dispatcher = publicAgent((_name, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    ),
  );
  const fetching = fetchClip("https://cdn.discordapp.com/a.ogg", {
    hosts: ["cdn.discordapp.com"],
    maxBytes: 1,
    dispatcher,
  });
  await expect(fetching).rejects.toThrow(new UserError("fetch-refused", { host: "cdn.discordapp.com" }));
});

test("addresses of the public internet are told from all others", () => {
  for (const address of ["162.159.130.233", "8.8.8.8", "2606:4700::6810:1"])
    expect(isPublicAddress(address)).toBe(true);
  for (const address of ["0.0.0.0", "100.64.0.1", "172.31.0.1", "224.0.0.1", "255.255.255.255", "::", "fe80::1"])
    expect(isPublicAddress(address), address).toBe(false);
  for (const address of ["64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"])
    expect(isPublicAddress(address)).toBe(false);
});

test("doesn't follow a redirect, not even to itself", async () => {
  let requests = 0;
  const from = await serve((_request, response) => {
    requests++;
    response.writeHead(302, { location: "https://elsewhere.example/a.ogg" }).end();
  });
  await expect(fetchFrom(from)).rejects.toThrow(new UserError("fetch-refused", { host: "elsewhere.example" }));
  expect(requests).toBe(1);
});

test("stops at the limit, whatever the headers say", async () => {
  const sent = { chunks: 0 };
  const from = await serve((_request, response) => {
    // Without a length, so it is sent in chunks without an end.
    const pour = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent.chunks++;
    };
    response.on("drain", pour);
    pour();
  });
  const fetching = fetchFrom(from, { maxBytes: MIB / 2 });
  await expect(fetching).rejects.toThrow(new UserError("too-large", { limit: "0.5 MiB" }));
});

test("takes a file that is just as large as the limit", async () => {
  const from = await serve((_request, response) => response.end(Buffer.alloc(MIB)));
  expect((await fetchFrom(from)).length).toBe(MIB);
});

test("a byte over the limit is too much", async () => {
  const from = await serve((_request, response) => response.end(Buffer.alloc(MIB + 1)));
  await expect(fetchFrom(from)).rejects.toThrow(new UserError("too-large", { limit: "1 MiB" }));
});

test.each([403, 404, 410])("status %i means that the file is gone", async (status) => {
  const from = await serve((_request, response) => response.writeHead(status).end("no"));
  await expect(fetchFrom(from)).rejects.toThrow(new UserError("fetch-gone"));
});

test.each([408, 429, 500, 503])("status %i may pass", async (status) => {
  const from = await serve((_request, response) => response.writeHead(status).end("later"));
  const error = await fetchFrom(from).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(UserError);
});

test("a server that wants to be left alone says for how long", async () => {
  const from = await serve((_request, response) => response.writeHead(429, { "retry-after": "7" }).end("later"));
  await expect(fetchFrom(from)).rejects.toMatchObject({ name: "RetryLaterError", afterMs: 7000 });
});

test.each([
  ["says nothing", () => undefined],
  [
    "stops in the middle",
    (response: { write(chunk: string): unknown }) => {
      response.write("half a voice");
    },
  ],
])("a server that %s is given up in time, and may be better later", async (_what, answer) => {
  const from = await serve((_request, response) => answer(response));
  const error = await fetchFrom(from, { timeoutMs: 50 }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(UserError);
});

test("a connection that breaks may be better later", async () => {
  const from = await serve((_request, response) => {
    response.writeHead(200, { "content-length": "1000" });
    response.write("half a voice", () => response.destroy());
  });
  const error = await fetchFrom(from).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(UserError);
});
