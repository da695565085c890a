import type { Sha256 } from '#shared/kernel/hash.ts';

/** Everything a terminal needs to know before it starts. All folders are absolute. */
export interface TerminalConfiguration {
  /** Holds the database, and nothing that must not be copied. */
  readonly dataDirectory: string;
  /** Holds the second copy of the journal: another disk or card, where there is one. */
  readonly secondJournalDirectory: string;
  /** Holds keys. Outside the data folder, so that a copy of the data cannot sell. */
  readonly vaultDirectory: string;
  /** The program's own folder, which holds `migrations` and `package.json`. */
  readonly programDirectory: string;
  /** The built screen, which counts as program files. */
  readonly rendererDirectory: string;
  /** Offered on the enrolment screen; null where a person types it. */
  readonly centralUrl: string | null;
  readonly printer: { readonly kind: 'virtual'; readonly columns: 32 | 48 };
  /** Present in demo mode: the terminal enrols itself and shows the demo people's PINs. */
  readonly demo: { readonly code: string; readonly fingerprint: string } | null;
  /** Over what the configuration file says: a change needs a technician (GLI-31 3.2.2). */
  readonly configurationHash: Sha256;
}

/** What a host was told on its command line. */
export interface TerminalOptions {
  readonly dataDirectory: string;
  readonly programDirectory: string;
  readonly rendererDirectory: string;
  readonly centralUrl: string | undefined;
  readonly demo: { readonly code: string; readonly fingerprint: string } | undefined;
}
