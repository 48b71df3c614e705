/**
 * One call's end-to-end encryption, as the voice server conducts it (https://daveprotocol.com): it delivers
 * the members' MLS messages and proposes who comes and goes, but never knows a key.
 */

import { VoiceOpcodes } from "discord-api-types/voice/v8";
import type { Clock } from "../clock.ts";
import { Journal } from "../journal.ts";
import { CommitMischief } from "./dave-commits.ts";
import { type DaveClient, type DavePeer, sendProposals } from "./dave-peer.ts";
import { DaveTransitions } from "./dave-transition.ts";
import { ExternalSender, type SignedProposal } from "./external-sender.ts";
import { uint } from "./mls-codec.ts";
import {
  addProposal,
  type CommitWelcome,
  type KeyPackage,
  readCommitWelcome,
  readKeyPackage,
  removeProposal,
  welcomeFor,
} from "./mls-messages.ts";

/** DAVE's protocol version; 0 is a call without it. */
export type DaveVersion = 0 | 1;

/** What happened to a call's encryption. */
export type DaveEvent =
  | { readonly kind: "executed"; readonly transitionId: number; readonly epoch: number; readonly version: DaveVersion }
  | { readonly kind: "committed"; readonly epoch: number; readonly by: string }
  | { readonly kind: "passed-over"; readonly by: string; readonly reason: string }
  | { readonly kind: "invalidated"; readonly by: string; readonly transitionId: number }
  | { readonly kind: "reset" };

/** A proposal that waits for a commit: somebody comes, or a leaf goes. */
type Pending = SignedProposal & ({ readonly comes: DavePeer } | { readonly goes: number });

/** The group of one call. */
export class DaveGroup {
  /** What happened, in order. */
  readonly events = new Journal<DaveEvent>();
  /** What a test does to its commits. */
  readonly commits = new CommitMischief();
  readonly #channelId: string;
  readonly #transitions: DaveTransitions;
  readonly #sender: ExternalSender;
  readonly #peers = new Map<string, DavePeer>();
  #version: DaveVersion;
  #epoch = 0;
  /** Members by leaf of the tree; left leaves are blank. */
  #leaves: (DavePeer | undefined)[] = [];
  #pending: Pending[] = [];

  constructor(channelId: string, version: DaveVersion, clock: Clock) {
    this.#channelId = channelId;
    this.#version = version;
    this.#transitions = new DaveTransitions(clock, (id, told) => this.#executed(id, told));
    this.#sender = new ExternalSender(channelId);
  }

  /** The version that the call uses, or is about to use. */
  get version(): DaveVersion {
    return this.#version;
  }

  /** The group's epoch; 0 before there is a group. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Whether nothing is under way and exactly these people are members. */
  isSettled(userIds: readonly string[]): boolean {
    const members = this.#members.map(({ client }) => client.userId);
    const isComplete = members.length === userIds.length && userIds.every((id) => members.includes(id));
    return isComplete && !this.#transitions.isUnderWay && this.#pending.length === 0;
  }

  /** Gives the next commit transition 0, which is in force at once, as at a group's beginning. */
  startNextAtZero(): void {
    this.#transitions.startNextAtZero();
  }

  /** A client came into the call; its key package follows. */
  join(client: DaveClient): void {
    const peer = { client, keyPackage: undefined, owed: this.#version, isStale: false, hasSender: false };
    this.#peers.set(client.userId, peer);
    if (this.#version > 0) this.#introduce(peer);
  }

  /** A client left the call. */
  leave(client: DaveClient): void {
    const peer = this.#peerOf(client);
    if (peer === undefined) return;
    this.#peers.delete(client.userId);
    if (this.#peers.size === 0) {
      this.#forget();
      return;
    }
    if (this.#epoch === 0) {
      if (this.#pending.some((each) => "comes" in each && each.comes === peer)) this.#recreate();
      return;
    }
    this.#transitions.ready(peer);
    this.#reconcile();
  }

  /** Op 26. @throws Error when it isn't the client's own key package. */
  keyPackage(client: DaveClient, bytes: Buffer): void {
    const peer = this.#peerOf(client);
    if (peer === undefined || this.#version === 0) return;
    peer.owed -= 1;
    if (peer.owed > 0) return;
    peer.keyPackage = readKeyPackage(bytes);
    if (peer.keyPackage.userId !== client.userId) throw new Error("This key package is somebody else's.");
    if (this.#epoch > 0) this.#reconcile();
    else this.#proposeFirst(peer, peer.keyPackage);
  }

  /** Op 28: the first commit that takes in every proposal wins; later ones are passed over. */
  commit(client: DaveClient, bytes: Buffer): void {
    if (this.commits.keep(() => this.commit(client, bytes))) return;
    const peer = this.#peerOf(client);
    if (peer === undefined) return;
    const commit = readCommitWelcome(bytes);
    const due = this.#pending.filter((each) => this.#epoch > 0 || !("comes" in each) || each.comes !== peer);
    const reason = this.#objection(peer, commit, due);
    if (reason === undefined) this.#accept(peer, commit, due);
    else this.events.push({ kind: "passed-over", by: client.userId, reason });
  }

  /** Op 23. */
  ready(client: DaveClient, transitionId: number): void {
    const peer = this.#peerOf(client);
    if (peer) this.#transitions.ready(peer, transitionId);
  }

  /** Op 31: the client is removed and, with its next key package, added again. */
  invalid(client: DaveClient, transitionId: number): void {
    const peer = this.#peerOf(client);
    if (peer === undefined) return;
    this.events.push({ kind: "invalidated", by: client.userId, transitionId });
    peer.owed += 1;
    if (!this.#leaves.includes(peer)) return;
    peer.isStale = true;
    peer.keyPackage = undefined;
    this.#transitions.ready(peer);
    this.#reconcile();
  }

  /** Takes the encryption down, or up again. */
  setVersion(version: DaveVersion): void {
    if (version === this.#version) return;
    this.#version = version;
    if (version === 1) this.#recreate();
    else this.#takeDown();
  }

  #takeDown(): void {
    this.#forget();
    const everybody = [...this.#peers.values()];
    const id = this.#transitions.nextId();
    for (const { client } of everybody) {
      client.send(VoiceOpcodes.DavePrepareTransition, { protocol_version: 0, transition_id: id });
    }
    this.#transitions.begin(id, everybody);
    this.#transitions.executeIfDue();
  }

  get #members(): DavePeer[] {
    return this.#leaves.filter((peer) => peer !== undefined).filter((peer) => this.#isHere(peer) && !peer.isStale);
  }

  #isHere(peer: DavePeer): boolean {
    return this.#peers.get(peer.client.userId) === peer;
  }

  #peerOf(client: DaveClient): DavePeer | undefined {
    const peer = this.#peers.get(client.userId);
    return peer?.client === client ? peer : undefined;
  }

  #introduce(peer: DavePeer): void {
    if (!peer.hasSender) peer.client.sendBinary(VoiceOpcodes.DaveMlsExternalSender, this.#sender.serialized);
    peer.hasSender = true;
  }

  /**
   * No group yet: each client has one of its own at epoch 0. The first two are proposed to each other, and either may
   * commit the other to its own; those who come meanwhile are added to that.
   */
  #proposeFirst(peer: DavePeer, keyPackage: KeyPackage): void {
    const [first, second] = this.#pending;
    if (second) return;
    const own = { comes: peer, ...this.#sender.propose(0, addProposal(keyPackage)) };
    this.#pending.push(own);
    if (first === undefined || !("comes" in first)) return;
    sendProposals(first.comes, [own]);
    sendProposals(peer, [first]);
  }

  #objection(peer: DavePeer, commit: CommitWelcome, due: readonly Pending[]): string | undefined {
    const refs = new Set(due.map(({ ref }) => ref));
    if (commit.groupId !== this.#channelId) return "another group";
    if (commit.epoch !== this.#epoch || this.#transitions.isUnderWay) return "another epoch";
    if (commit.leaf !== Math.max(0, this.#leaves.indexOf(peer))) return "another leaf";
    const isComplete = commit.proposals.length === refs.size && commit.proposals.every((ref) => refs.has(ref));
    if (due.length === 0 || !isComplete) return "other proposals";
    return due.some((each) => "comes" in each) && commit.welcome.length === 0 ? "no welcome" : undefined;
  }

  #accept(peer: DavePeer, { commit, welcome }: CommitWelcome, due: readonly Pending[]): void {
    const staying = this.#epoch > 0 ? this.#members : [peer];
    const coming = due.flatMap((each) => ("comes" in each ? [each.comes] : []));
    if (this.#epoch === 0) this.#leaves = [peer];
    for (const each of due) if ("goes" in each) this.#leaves[each.goes] = undefined;
    for (const each of coming) this.#seat(each);
    this.#epoch += 1;
    this.#pending = [];
    const id = this.#transitions.nextId();
    const idBytes = uint(2, id);
    for (const { client } of staying) {
      const payload = Buffer.concat([idBytes, this.commits.asSentTo(client.userId, commit)]);
      client.sendBinary(VoiceOpcodes.DaveMlsAnnounceCommitTransition, payload);
    }
    for (const each of coming) {
      if (each.keyPackage === undefined) continue;
      const payload = Buffer.concat([idBytes, welcomeFor(welcome, each.keyPackage)]);
      each.client.sendBinary(VoiceOpcodes.DaveMlsWelcome, payload);
      each.keyPackage = undefined;
    }
    this.#transitions.begin(
      id,
      [...staying, ...coming].filter((each) => this.#isHere(each)),
    );
    this.events.push({ kind: "committed", epoch: this.#epoch, by: peer.client.userId });
    this.#transitions.executeIfDue();
  }

  /** A new member takes the leftmost blank leaf. */
  #seat(peer: DavePeer): void {
    const blank = this.#leaves.indexOf(undefined);
    this.#leaves[blank < 0 ? this.#leaves.length : blank] = peer;
    peer.isStale = false;
  }

  #executed(id: number, told: readonly DavePeer[]): void {
    for (const peer of told) {
      if (this.#isHere(peer)) peer.client.send(VoiceOpcodes.DaveExecuteTransition, { transition_id: id });
    }
    this.events.push({ kind: "executed", transitionId: id, epoch: this.#epoch, version: this.#version });
    this.#reconcile();
  }

  /**
   * Brings the group to the clients that are here, one batch of proposals at a time: davey makes a Welcome only
   * for the proposals that came with the very op 27 that it commits.
   */
  #reconcile(): void {
    if (this.#epoch === 0 || this.#version === 0) return;
    const staying = this.#members;
    if (staying.length > 0 && (this.#transitions.isUnderWay || this.#pending.length > 0)) return;
    const here = [...this.#peers.values()];
    const coming = here.filter((peer) => peer.keyPackage && !staying.includes(peer));
    const isAlone = staying.length + coming.length < 2 && !here.some(({ isStale }) => isStale);
    if (staying.length === 0 || isAlone) {
      this.#recreate();
      return;
    }
    this.#leaves.forEach((peer, leaf) => {
      if (!peer || staying.includes(peer) || (this.#isHere(peer) && !coming.includes(peer))) return;
      this.#pending.push({ goes: leaf, ...this.#sender.propose(this.#epoch, removeProposal(leaf)) });
    });
    for (const peer of coming) {
      if (!peer.keyPackage) continue;
      this.#pending.push({ comes: peer, ...this.#sender.propose(this.#epoch, addProposal(peer.keyPackage)) });
    }
    if (this.#pending.length > 0) for (const peer of staying) sendProposals(peer, this.#pending);
  }

  /** Every client starts anew with a group of its own: a sole member's reset, and a way up from version 0. */
  #recreate(): void {
    this.#forget();
    for (const peer of this.#peers.values()) {
      peer.keyPackage = undefined;
      peer.isStale = false;
      peer.owed += 1;
      peer.client.send(VoiceOpcodes.DavePrepareEpoch, { protocol_version: this.#version, epoch: 1 });
      this.#introduce(peer);
      peer.client.send(VoiceOpcodes.DavePrepareTransition, { protocol_version: this.#version, transition_id: 0 });
    }
    this.events.push({ kind: "reset" });
  }

  #forget(): void {
    this.#transitions.forget();
    this.#epoch = 0;
    this.#leaves = [];
    this.#pending = [];
  }
}
