/** Keeps fetches out of the networks around us: a name that leads there isn't followed. */

import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { Agent } from "undici";
import { isPublicAddress } from "../jobs/public-address.ts";

/** A name leads to an address that isn't public. */
export class PrivateAddressError extends Error {
  override readonly name = "PrivateAddressError";
}

/** Finds all addresses of a name, as `dns.lookup` does. */
export type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Connects to public addresses alone. The address that is checked is the one that is connected to, so a name that
 * changes its mind in between gains nothing.
 */
export function publicAgent(resolve: Resolve = lookup): Agent {
  const checked: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, "");
      if (!addresses.every(({ address }) => isPublicAddress(address)))
        return callback(new PrivateAddressError(`${hostname} leads into a private network.`), "");
      const [first] = addresses;
      if (options.all || !first) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
  return new Agent({ connect: { lookup: checked } });
}
