/** Secrets that are shown once and kept as hashes only, so that nobody who reads the database can use them. */

import { createHash, randomBytes } from "node:crypto";

/** Enough that nobody guesses one (256 bits). */
const SECRET_BYTES = 32;

/** A new secret, as text that fits into addresses and headers. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString("base64url");
}

/** What is kept of a secret. It is random and long, so a plain hash is as good as a slow one. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}
