/**
 * Critical memory is damaged: a broken chain, a failed database check, a changed program file.
 *
 * Thrown from where the damage is seen, caught by the terminal's lifecycle alone, which puts the
 * till out of service (GLI-31 3.4.4, 3.5.2).
 */
export class IntegrityFault extends Error {
  override readonly name = 'IntegrityFault';
}
