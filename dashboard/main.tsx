import '@fontsource-variable/inter';
import '@midas-ds/theme/variables.css';
import '@midas-ds/theme/color-scheme.css';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';

import './theme/base.css';

// Zod compiles schemas with `new Function` where it may; our content security policy forbids it.
// It looks when a schema is made, hence the late import.
z.config({ jitless: true });

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
try {
  const { App } = await import('./app.tsx');
  createRoot(root).render(<App />);
} catch {
  // As when a new version has been installed since index.html was fetched: nobody may be there to reload.
  root.textContent =
    'Vaka kunde inte laddas, försöker igen … Vaka could not be loaded, trying again …';
  setTimeout(() => location.reload(), 10_000);
}
