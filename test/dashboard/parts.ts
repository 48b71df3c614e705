/** Forms. */

/** A form with one file in it, as a browser sends it. */
export async function formWith(field: string, bytes: Uint8Array<ArrayBuffer>, filename = "voice.ogg") {
  const form = new FormData();
  form.append(field, new File([bytes], filename, { type: "audio/ogg" }));
  const encoded = new Response(form);
  return {
    payload: Buffer.from(await encoded.arrayBuffer()),
    headers: { "content-type": encoded.headers.get("content-type") ?? "" },
  };
}
