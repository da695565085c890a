/** What a tone sounds like, as far as it can be measured. */
export interface HeardTone {
  /** How long it can be heard, in milliseconds. */
  readonly lastsMs: number;
  /** The loudest sample; 1 is the most a speaker takes. */
  readonly peak: number;
  /** How often it crosses zero upwards in its first and last tenth of a second. */
  readonly firstPitch: number;
  readonly lastPitch: number;
}
