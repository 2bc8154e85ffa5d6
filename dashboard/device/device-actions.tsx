import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import { Link } from 'react-router';

import type { DeviceDetail } from '../../gateway/protocol/device/fleet.ts';
import { decommission } from '../api/fleet-api.ts';
import { mayInstall } from '../install/permission.ts';
import { ReasonDialog } from '../rule/reason-dialog.tsx';
import { useAction } from '../rule/use-action.ts';
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { mayRenewSecret } from './permission.ts';
import { NewSecretDialog } from './secret-dialog.tsx';

interface DeviceActionsProps {
  device: DeviceDetail;
  onChanged: () => void;
  /** Says what was done. */
  onTold: (text: string) => void;
}

/** What may be done with a device in use; one behind a hub has no secret of its own. */
export function DeviceActions({ device, onChanged, onTold }: DeviceActionsProps) {
  const said = useWords().fleet.device;
  const { role } = useMe();
  const action = useAction();
  const [asked, setAsked] = useState<'secret' | 'decommission' | null>(null);
  const { id, name, homeId } = device;
  const query = new URLSearchParams({ replaces: id, home: homeId ?? '' });
  const close = () => setAsked(null);
  if (!mayInstall(role) && !mayRenewSecret(role)) return null;
  return (
    <div className="device-actions">
      {mayInstall(role) && homeId !== null && (
        <Link to={`/install?${query.toString()}`}>{said.replace}</Link>
      )}
      {mayRenewSecret(role) && device.hub === null && (
        <Button variant="secondary" onPress={() => setAsked('secret')}>
          {said.newSecret}
        </Button>
      )}
      {mayInstall(role) && (
        <Button variant="secondary" onPress={() => setAsked('decommission')}>
          {said.decommission}
        </Button>
      )}
      {asked === 'secret' && <NewSecretDialog device={device} onClose={close} />}
      {asked === 'decommission' && (
        <ReasonDialog
          title={said.decommissionOf(name)}
          submit={said.decommission}
          action={action}
          onSubmit={(reason) =>
            action.run(async () => {
              await decommission(id, reason);
              onTold(said.decommissioned(name));
              onChanged();
            })
          }
          onClose={close}
        >
          <ul className="dialog-list">
            {said.decommissionAbout.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </ReasonDialog>
      )}
    </div>
  );
}
