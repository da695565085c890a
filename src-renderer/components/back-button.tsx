import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Page } from '../stores/navigation-store.ts';
import { useStores } from '../stores/store-context.tsx';
import { Button } from './button.tsx';

/** Leads back to `page`, from the same place on every screen. */
export function BackButton({ page }: { readonly page: Page }): ReactNode {
  const { navigation } = useStores();
  return (
    <Button control="back" icon={ArrowLeft} onPress={() => navigation.setState({ page })}>
      Back
    </Button>
  );
}
