/** Does what the first byte says; the fuzzer has to notice. */
export async function readEverything([kind]: Uint8Array): Promise<void> {
  if (kind === 1) throw new Error("not foreseen");
  if (kind === 2) process.exit(3);
  if (kind === 3) for (;;);
  if (kind === 4)
    setImmediate(() => {
      throw new Error("out of nowhere");
    });
  if (kind === 4) await new Promise(() => undefined);
}
