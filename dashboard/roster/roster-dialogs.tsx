import type { PlannedShift, SingleShift, WeeklyShift } from '../../gateway/protocol/duty/roster.ts';
import { useRoster } from './roster-context.tsx';
import { ShiftDialog } from './shift-dialog.tsx';
import type { SingleDraft } from './shift-draft.ts';
import { SingleDialog } from './single-dialog.tsx';
import { WeeklyDialog } from './weekly-dialog.tsx';

export type Asked =
  | { what: 'single'; title: string; draft: SingleDraft }
  | { what: 'weekly'; isNew: boolean; shift: WeeklyShift }
  | { what: 'shift'; shift: PlannedShift };

interface RosterDialogsProps {
  asked: Asked;
  onWeekly: (shift: WeeklyShift) => void;
  onSingle: (shift: SingleShift) => void;
  onClose: () => void;
}

/** The dialog that is open. */
export function RosterDialogs({ asked, onWeekly, onSingle, onClose }: RosterDialogsProps) {
  const { view } = useRoster();
  switch (asked.what) {
    case 'single':
      return (
        <SingleDialog
          key={asked.draft.id}
          initial={asked.draft}
          title={asked.title}
          onClose={onClose}
        />
      );
    case 'weekly':
      return (
        <WeeklyDialog
          key={asked.shift.id}
          shift={asked.shift}
          isNew={asked.isNew}
          onClose={onClose}
        />
      );
    case 'shift': {
      const { shiftId } = asked.shift;
      const single = view.document.single.find(({ id }) => id === shiftId);
      const weekly = view.document.weekly.find(({ id }) => id === shiftId);
      return (
        <ShiftDialog
          shift={asked.shift}
          onClose={onClose}
          onEdit={() => {
            if (single !== undefined) onSingle(single);
            else if (weekly !== undefined) onWeekly(weekly);
          }}
        />
      );
    }
  }
}
