/**
 * Sends alerts to webhooks, signed as the Standard Webhooks specification has it (standardwebhooks.com): the receiver
 * knows who sent it and that it was sent now, and knows by `webhook-id` what it had already.
 */

import { createHmac } from "node:crypto";
import { Agent, request } from "undici";
import { RetryLaterError } from "../../jobs/backoff.ts";
import { FinalError } from "../../jobs/consumer.ts";
import { mayBeCalled } from "../../jobs/public-address.ts";
import { PrivateAddressError, publicAgent } from "../public-addresses.ts";

/** What is sent. */
export interface WebhookCall {
  readonly url: string;
  readonly secret: string;
  /** The same with every try. */
  readonly id: string;
  /** The JSON. */
  readonly body: string;
}

/** How it is sent. */
export interface WebhookSettings {
  /** Hosts that may be called although they aren't public; see `mayBeCalled`. */
  readonly hosts: readonly string[];
  /** How long a receiver may take, in ms. Default 10 seconds. */
  readonly timeoutMs?: number;
  readonly now: () => Date;
}

/** Sends one call. */
export type WebhookSender = (call: WebhookCall) => Promise<void>;

const TIMEOUT_MS = 10_000;
/** Statuses with which a receiver says that it never wants it: gone, and what a redirect would lead to isn't what was given. */
const FINAL = new Set([301, 302, 303, 307, 308, 410]);

/** Makes a sender. It throws `FinalError` for what trying again doesn't change. */
export function webhookSender({ hosts, timeoutMs = TIMEOUT_MS, now }: WebhookSettings): WebhookSender {
  // A name can be pointed anywhere after it was given, so the address is looked at when it is connected to.
  const guarded = publicAgent();
  const open = new Agent({ connect: { timeout: timeoutMs } });
  return async ({ url, secret, id, body }) => {
    const address = new URL(url);
    if (!mayBeCalled(address, hosts)) throw new FinalError(`${address.host} may not be called`);
    const timestamp = Math.floor(now().getTime() / 1000);
    const headers = {
      "content-type": "application/json",
      "user-agent": "Timbre",
      "webhook-id": id,
      "webhook-timestamp": String(timestamp),
      "webhook-signature": signatureOf(secret, id, timestamp, body),
    };
    const dispatcher = hosts.includes(address.host) ? open : guarded;
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await request(address, { method: "POST", headers, body, dispatcher, signal }).catch(told);
    answer.body.on("error", () => undefined);
    answer.body.destroy();
    const { statusCode } = answer;
    if (statusCode >= 200 && statusCode < 300) return;
    const words = `${address.host} answered ${statusCode}`;
    if (FINAL.has(statusCode)) throw new FinalError(words);
    const seconds = Number(answer.headers["retry-after"]);
    throw new RetryLaterError(words, seconds > 0 ? seconds * 1000 : 0);
  };
}

/** The signature's header. */
export function signatureOf(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

/** A refused address stays refused; the rest may pass. */
function told(error: unknown): never {
  const causes = error instanceof Error ? [error, error.cause] : [];
  const refusal = causes.find((each) => each instanceof PrivateAddressError);
  if (refusal) throw new FinalError(refusal.message);
  throw new Error(error instanceof Error ? error.message || error.name : "it can't be reached");
}
