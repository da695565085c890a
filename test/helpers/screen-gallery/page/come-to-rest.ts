/** The page has not changed for this long. */
const QUIET_MS = 40;

/** Resolves once `place` shows something that stays: answers have come, and React has drawn them. */
export async function comeToRest(place: HTMLElement): Promise<void> {
  let before = '';
  while (before === '' || before !== place.innerHTML) {
    before = place.innerHTML;
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
}
