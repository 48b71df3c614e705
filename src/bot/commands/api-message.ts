/** Messages as Discord's REST answers them, as far as their recordings are concerned. */

import { z } from "zod";

const attachment = z
  .object({
    id: z.string(),
    url: z.string(),
    filename: z.string(),
    size: z.number(),
    content_type: z.string().nullish(),
  })
  .transform(({ filename, content_type, ...rest }) => ({ ...rest, name: filename, contentType: content_type }));

/** One message. */
export const apiMessage = z.object({
  id: z.string(),
  author: z.object({ id: z.string() }),
  attachments: z.array(attachment),
});
