import type { DisplayPicture } from '#shared/contract/central/public.ts';
import { readBriefly } from '../../api/briefly.ts';
import type { Central } from '../../central.ts';
import { readPicture } from '../public/picture.ts';

/** How soon a display shows a sale (GLI-31 2.5.1 accepts a lag). */
const LOOK_EVERY_MS = 2_000;

/** An unchanged picture is sent again after this, so that a display knows that it is live. */
const SEND_EVERY_MS = 10_000;

/** Keeps displays informed, with one look at the database for all displays of a raffle event. */
export interface PictureWatch {
  /** The picture of a raffle event as it is now; `undefined` if there is none. */
  read(eventIdentifier: string): Promise<DisplayPicture | undefined>;
  /** Calls `onPicture` when it has changed, and now and then; until the returned function is called. */
  watch(eventIdentifier: string, onPicture: (picture: DisplayPicture) => void): () => void;
}

/** Watches the raffle events that displays of this process show. `onFault` is told of failed looks. */
export function createPictureWatch(
  central: Central,
  onFault: (error: unknown) => void,
): PictureWatch {
  const read = readBriefly(LOOK_EVERY_MS / 2, (eventIdentifier) =>
    readPicture(central, eventIdentifier),
  );
  return {
    read,
    watch(eventIdentifier, onPicture) {
      let shown = '';
      let shownAt = Number.NEGATIVE_INFINITY;
      const look = async () => {
        const picture = await read(eventIdentifier);
        if (picture === undefined) return;
        const content = contentOf(picture);
        if (content === shown && performance.now() < shownAt + SEND_EVERY_MS) return;
        shown = content;
        shownAt = performance.now();
        onPicture(picture);
      };
      const timer = setInterval(() => void look().catch(onFault), LOOK_EVERY_MS);
      void look().catch(onFault);
      return () => clearInterval(timer);
    },
  };
}

/** The picture without its times, which differ at every look. */
function contentOf({ raffleEvent, jackpot, results }: DisplayPicture): string {
  return JSON.stringify([raffleEvent, jackpot.prizes, results]);
}
