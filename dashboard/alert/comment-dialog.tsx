import { Modal } from '@midas-ds/components/modal';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import { useSpeech } from '../text/language-context.tsx';
import { CommentForm } from './comment-form.tsx';

export function CommentDialog({ alert, onClose }: { alert: AlertView; onClose: () => void }) {
  const { say } = useSpeech();
  return (
    <Modal
      isOpen
      isDismissable
      className="dialog"
      title={say(alert.rule.title)}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <CommentForm alert={alert} onSaved={onClose} />
    </Modal>
  );
}
