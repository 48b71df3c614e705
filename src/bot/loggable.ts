/** Errors as they may stand in the log. */

/** An error without the fields that discord.js hangs on it: address and body of the request hold interaction tokens. */
export function loggable(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return { type: name, message, stack, ...(cause === undefined ? {} : { cause: loggable(cause) }) };
}
