import type { ReactNode } from 'react';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import { Page } from '../frame/page.tsx';
import { useMe } from '../session/session-context.tsx';
import { useLiveView } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { AlertSection } from './alert-section.tsx';
import { isCalling, sectionsOf } from './order.ts';
import { Quiet, StatusLine } from './quiet.tsx';

import './alert.css';

/** The queue of those who tend the equipment, with what is wrong with the service itself. */
export function TechnicalPage() {
  const words = useWords();
  const me = useMe();
  const { board } = useLiveView();
  const { service, technical } = sectionsOf(board.alerts.values(), me.id);
  return (
    <QueuePage
      title={words.page.technical}
      empty={words.board.noTechnical}
      alerts={[...service, ...technical]}
    />
  );
}

/** Alerts of homes in test mode: never among real ones. */
export function TestPage() {
  const { duty, page } = useWords();
  const me = useMe();
  const { board } = useLiveView();
  const { test } = sectionsOf(board.alerts.values(), me.id);
  return (
    <QueuePage title={page.test} empty={duty.board.noTest} alerts={test}>
      <p className="test-banner">
        <span className="test-mark">{duty.board.testMark}</span> {duty.board.testQueue}
      </p>
    </QueuePage>
  );
}

interface QueuePageProps {
  title: string;
  empty: string;
  alerts: readonly AlertView[];
  children?: ReactNode;
}

function QueuePage({ title, empty, alerts, children }: QueuePageProps) {
  const words = useWords();
  const { status, isFilled } = useLiveView();
  const waiting = alerts.filter(isCalling);
  const taken = alerts.filter(({ state }) => state !== 'firing');
  const untaken = alerts.filter(({ state }) => state === 'firing');
  const inhibited = untaken.filter(({ inhibitedBy }) => inhibitedBy !== null);
  const held = untaken.filter((alert) => alert.inhibitedBy === null && alert.held !== null);
  return (
    <Page title={title} className="board-page">
      {children}
      {isFilled ? (
        <div className="board">
          <AlertSection
            name="unanswered"
            title={words.board.unanswered}
            alerts={waiting}
            empty={<Quiet title={empty} status={status} />}
          />
          <div className="board-side">
            <AlertSection name="taken" title={words.board.taken} alerts={taken} />
            <AlertSection name="inhibited" title={words.inhibition.section} alerts={inhibited} />
            <AlertSection name="held" title={words.held.section} alerts={held} />
            {waiting.length > 0 && <StatusLine status={status} />}
          </div>
        </div>
      ) : (
        <output>{words.loading}</output>
      )}
    </Page>
  );
}
