import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  applyAnswer,
  applyChanges,
  emptyBoard,
  refill,
  type Board,
  type Told,
} from '../../../dashboard/stream/board.ts';
import type { AlertView } from '../../../gateway/protocol/alert.ts';
import type { AlertChange } from '../../../gateway/protocol/stream.ts';
import { aChange, anAlert } from '../alert/alert-view.ts';

const firing = anAlert({ seq: 5 });
const accepted = anAlert({ seq: 6, state: 'accepted' });
const resolved = anAlert({ seq: 7, state: 'resolved', next: null });

/** A message of the stream for each change. */
function told(changes: readonly AlertChange[]): Told[] {
  return changes.map((change) => ({ seq: change.seq, changes: [change], gone: [] }));
}

function shown(board: Board): string[] {
  return [...board.alerts.values()]
    .filter(({ state }) => state !== 'resolved')
    .map(({ id, seq }) => `${id} ${seq}`)
    .sort();
}

describe('a board', () => {
  test('takes in a change, and moves its cursor', () => {
    const board = applyChanges(emptyBoard, [aChange(firing)], 5);
    expect(board.alerts.get('alert-1')).toEqual(firing);
    expect(board.seq).toBe(5);
  });

  test('is not changed by an older state that comes late', () => {
    const board = applyChanges(emptyBoard, [aChange(accepted)], 6);
    expect(applyChanges(board, [aChange(firing)], 5).alerts).toEqual(board.alerts);
  });

  test('lets a resolved alert go, and no older change brings it back', () => {
    const commented = anAlert({ seq: 4 });
    const answered = applyAnswer(applyChanges(emptyBoard, [aChange(commented)], 4), resolved);
    const behind = applyChanges(answered, [aChange(firing)], 5);
    expect(shown(behind)).toEqual([]);
    const lessBehind = applyChanges(behind, [aChange(accepted)], 6);
    expect(shown(lessBehind)).toEqual([]);
    expect(applyChanges(lessBehind, [aChange(resolved)], 7).alerts.size).toBe(0);
  });

  test('is not given back an alert by an answer that the stream has overtaken', () => {
    const board = applyChanges(emptyBoard, [aChange(firing), aChange(resolved)], 7);
    expect(applyAnswer(board, accepted).alerts.size).toBe(0);
  });

  test('forgets what a fresh page no longer has', () => {
    const board = applyChanges(emptyBoard, [aChange(firing)], 5);
    expect(shown(refill(board, { items: [], seq: 9 }))).toEqual([]);
  });

  test('keeps what changed after the page was read', () => {
    const board = applyChanges(emptyBoard, [aChange(accepted)], 6);
    expect(shown(refill(board, { items: [firing], seq: 5 }))).toEqual(['alert-1 6']);
  });

  test('is not given back an alert that was resolved while the page was on its way', () => {
    const meanwhile = [aChange(accepted), aChange(resolved)];
    const board = applyChanges(emptyBoard, meanwhile, 7);
    expect(shown(refill(board, { items: [firing], seq: 5 }, told(meanwhile)))).toEqual([]);
  });

  test('drops what is no longer the reader’s, and takes it back when it is again', () => {
    const board = applyChanges(emptyBoard, [aChange(firing)], 5);
    const without = applyChanges(board, [], 5, ['alert-1']);
    expect(shown(without)).toEqual([]);
    expect(shown(applyChanges(without, [aChange(accepted)], 6))).toEqual(['alert-1 6']);
  });

  test('is not given back what ceased to be the reader’s while the page was on its way', () => {
    const gone = { seq: 5, changes: [], gone: ['alert-1'] };
    const board = applyChanges(emptyBoard, [], 5, gone.gone);
    expect(shown(refill(board, { items: [firing], seq: 5 }, [gone]))).toEqual([]);
    const back = { seq: 6, changes: [aChange(accepted)], gone: [] };
    expect(shown(refill(board, { items: [firing], seq: 5 }, [gone, back]))).toEqual(['alert-1 6']);
  });

  test('starts anew at the position of what came last', () => {
    const meanwhile = [aChange(accepted), aChange(resolved)];
    expect(refill(emptyBoard, { items: [firing], seq: 5 })).toMatchObject({ seq: 5 });
    const board = refill(emptyBoard, { items: [firing], seq: 5 }, told(meanwhile));
    expect(board).toEqual({ ...emptyBoard, seq: 7 });
  });
});

type Story = readonly AlertView[];

/** Each alert in a row of states; position in the list is the stream position. */
const anyStory: fc.Arbitrary<Story> = fc
  .array(
    fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('firing', 'accepted', 'resolved')),
  )
  .map((steps) => {
    const over = new Set<string>();
    return steps.flatMap(([id, state], index) => {
      if (over.has(id)) return [];
      if (state === 'resolved') over.add(id);
      return [anAlert({ id, state: state as AlertView['state'], seq: index + 1 })];
    });
  });

function pageAt(story: Story, seq: number) {
  const live = new Map<string, AlertView>();
  for (const alert of story.filter((each) => each.seq <= seq)) {
    if (alert.state === 'resolved') live.delete(alert.id);
    else live.set(alert.id, alert);
  }
  return { items: [...live.values()], seq };
}

test('ends at the truth, however answers and fetches fall among the changes', () => {
  fc.assert(
    fc.property(
      anyStory,
      fc.array(
        fc.record({ after: fc.nat(), what: fc.constantFrom('answer', 'fetch'), of: fc.nat() }),
      ),
      (story, others) => {
        const last = story.at(-1)?.seq ?? 0;
        let board = refill(emptyBoard, pageAt(story, 0));
        const changes = story.map((alert) => aChange(alert));
        for (const [index, alert] of story.entries()) {
          board = applyChanges(board, [aChange(alert)], alert.seq);
          for (const { what, of } of others.filter(({ after }) => after % story.length === index)) {
            const other = story[of % story.length] ?? alert;
            board =
              what === 'answer'
                ? applyAnswer(board, other)
                : refill(board, pageAt(story, other.seq), told(changes.slice(0, index + 1)));
          }
        }
        expect(shown(board)).toEqual(shown(refill(emptyBoard, pageAt(story, last))));
      },
    ),
  );
});
