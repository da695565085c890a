import { useDeadTime } from '../../components/use-dead-time.ts';
import { useSale } from '../../stores/store-context.tsx';

/** Whether the pay positions are in their dead time. */
export function usePayDead(): boolean {
  return useDeadTime(useSale().paneChangedAtMs);
}
