/**
 * Waits for the second copy as often as it takes: on a busy machine its thread may not answer within
 * the time that a sale waits. A test that needs the copy has to say so.
 */
export async function untilFlushed(append: () => Promise<boolean>): Promise<void> {
  while (!(await append()));
}
