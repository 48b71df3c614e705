/** A model's card. */

import { Marked } from "marked";
import { useMemo } from "preact/hooks";

/** HTML in a card is text: a model folder may be anybody's. */
const markdown = new Marked({
  gfm: true,
  renderer: { html: ({ text }) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`), image: () => "" },
});

/** Markdown as a part of the page. */
export function ModelCard({ text }: { readonly text: string }) {
  const html = useMemo(() => markdown.parse(text, { async: false }), [text]);
  // Made by marked, with raw HTML as text.
  return <div class="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}
