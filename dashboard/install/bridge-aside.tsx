import { Button } from '@midas-ds/components/button';
import { useState } from 'react';

import { BridgeDialog } from '../hub/bridge-dialog.tsx';
import { useWords } from '../text/language-context.tsx';
import { useDevice } from './step-context.tsx';

import '../hub/hub.css';

/** For a hub: the whole configuration of its bridge, instead of a secret to type. */
export function BridgeAside() {
  const words = useWords();
  const { id, profile } = useDevice();
  const [isConfiguring, setConfiguring] = useState(false);
  if (profile !== 'hub') return null;
  return (
    <div className="install-aside">
      <p className="label">{words.install.secret.bridge}</p>
      <Button variant="secondary" onPress={() => setConfiguring(true)}>
        {words.hub.bridge}
      </Button>
      {isConfiguring && (
        <BridgeDialog hub={{ id, dialects: [] }} onClose={() => setConfiguring(false)} />
      )}
    </div>
  );
}
