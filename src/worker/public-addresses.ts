/** Keeps fetches out of the networks around us: a name that leads there isn't followed. */

import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import { BlockList, isIPv6, type LookupFunction } from "node:net";
import { Agent } from "undici";

/** Address ranges that aren't on the public internet (IANA's special-purpose registries, RFC 6890 and its updates). */
const V4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const;
/** Of IPv6 only 2000::/3 is given out; these parts of it lead back to IPv4, or nowhere. */
const V6_PUBLIC = ["2000::", 3] as const;
const V6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const special = new BlockList();
for (const [net, prefix] of V4) special.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of V6) special.addSubnet(net, prefix, "ipv6");
const global = new BlockList();
global.addSubnet(...V6_PUBLIC, "ipv6");

/** Whether an address is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  if (!isIPv6(address)) return !special.check(address, "ipv4");
  return global.check(address, "ipv6") && !special.check(address, "ipv6");
}

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
