import '@fontsource-variable/inter';
import '@midas-ds/theme/variables.css';
import '@midas-ds/theme/color-scheme.css';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';

import './theme/base.css';

// Zod compiles schemas with `new Function` where it may; our content security policy forbids it.
// It looks when a schema is made, hence the late import.
z.config({ jitless: true });
const { App } = await import('./app.tsx');

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(<App />);
