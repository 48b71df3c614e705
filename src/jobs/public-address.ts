/** Which addresses Timbre may call: not those of networks that only this machine can reach. */

import { BlockList, isIP } from "node:net";

/** What isn't the public internet (IANA's special-purpose address registries, RFC 6890 and its updates). */
const SPECIAL = new BlockList();
for (const [net, prefix] of [
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
] as const) {
  SPECIAL.addSubnet(net, prefix, "ipv4");
}
/** Only 2000::/3 is given out; these parts of it lead elsewhere: documentation, and IPv4 in disguise. */
const GLOBAL = new BlockList();
GLOBAL.addSubnet("2000::", 3, "ipv6");
for (const [net, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  SPECIAL.addSubnet(net, prefix, "ipv6");
}

/** Whether an IP address is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  if (version === 4) return !SPECIAL.check(address, "ipv4");
  return GLOBAL.check(address, "ipv6") && !SPECIAL.check(address, "ipv6");
}

/**
 * Whether a webhook may have this address, as far as one sees without asking for its name: https, no user in it, and no
 * IP address of a private network. `hosts` (with their ports) may be called in any case, also through http.
 */
export function mayBeCalled(url: URL, hosts: readonly string[]): boolean {
  if (hosts.includes(url.host)) return true;
  if (url.protocol !== "https:" || url.username !== "" || url.password !== "") return false;
  const name = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(name) !== 0) return isPublicAddress(name);
  return name.includes(".") && !/\.(localhost|local|internal|home\.arpa)$/.test(name);
}
