import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useStores } from '../../stores/store-context.tsx';
import { type PanelLayout, panelLayout } from './panel-layout.ts';

/** How this panel is divided now; turning it changes the answer. */
export function usePanelLayout(): PanelLayout {
  const panel = useStore(useStores().appearance, (appearance) => appearance.panel);
  const [size, setSize] = useState(windowSize);
  useEffect(() => {
    const measure = (): void => setSize(windowSize());
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  return panelLayout(size.width, size.height, panel);
}

function windowSize(): { readonly width: number; readonly height: number } {
  return { width: window.innerWidth, height: window.innerHeight };
}
