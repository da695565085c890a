import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { invariant } from '#shared/kernel/invariant.ts';
import { App } from './app.tsx';
import { keepTouchesPlain } from './keep-touches-plain.ts';
import { createStores } from './stores/stores.ts';
import { connectTerminal } from './transport/connect-terminal.ts';
import './styles/index.css';

const root = document.getElementById('root');
invariant(root, 'index.html has no #root');

keepTouchesPlain(document);
const stores = createStores({
  client: connectTerminal(),
  monotonicMs: () => performance.now(),
  storage: localStorage,
});
createRoot(root).render(
  <StrictMode>
    <App stores={stores} />
  </StrictMode>,
);
