import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { invariant } from '#shared/kernel/invariant.ts';
import { App } from './app.tsx';
import { keepKeysPlain } from './keep-keys-plain.ts';
import { keepTouchesPlain } from './keep-touches-plain.ts';
import { signalResults } from './signals/signal-results.ts';
import { createStores } from './stores/stores.ts';
import { connectTerminal } from './transport/connect-terminal.ts';
import './styles/index.css';

const root = document.getElementById('root');
invariant(root, 'index.html has no #root');

keepTouchesPlain(document);
keepKeysPlain(document);
const stores = createStores({
  client: connectTerminal(),
  monotonicMs: () => performance.now(),
  storage: localStorage,
});
signalResults(stores);
createRoot(root).render(
  <StrictMode>
    <App stores={stores} />
  </StrictMode>,
);
