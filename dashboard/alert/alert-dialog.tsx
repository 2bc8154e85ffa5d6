import type { AlertView } from '../../gateway/protocol/alert.ts';
import { CommentDialog } from './comment-dialog.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';
import { SilenceDialog } from './silence-dialog.tsx';
import { TakeOverDialog } from './take-over-dialog.tsx';

export type OpenDialog = 'resolve' | 'comment' | 'take-over' | 'silence';

interface AlertDialogProps {
  alert: AlertView;
  open: OpenDialog;
  onClose: () => void;
}

/** What an alert's actions ask before they are sent. */
export function AlertDialog({ alert, open, onClose }: AlertDialogProps) {
  switch (open) {
    case 'resolve':
      return <ResolveDialog alert={alert} onClose={onClose} />;
    case 'comment':
      return <CommentDialog alert={alert} onClose={onClose} />;
    case 'take-over':
      return <TakeOverDialog alert={alert} onClose={onClose} />;
    case 'silence':
      return <SilenceDialog alert={alert} onClose={onClose} />;
  }
}
