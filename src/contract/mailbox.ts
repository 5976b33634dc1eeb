/** A message that the project sent. */
export interface Mail {
  readonly to: readonly string[];
  /** The whole message as it came over the wire. */
  readonly source: string;
  /** Its text, decoded. */
  readonly text: string;
}

/** Where the project's mail goes while it is looked at. */
export interface Mailbox {
  /** Messages to an address so far, oldest first. */
  readonly to: (address: string) => readonly Mail[];
  /** The next message to an address beyond those that were there; fails when none comes in time. */
  readonly next: (address: string, seen: number) => Promise<Mail>;
}
