import { Button } from '@midas-ds/components/button';
import { Menu, MenuItem, MenuPopover, MenuTrigger } from '@midas-ds/components/menu';
import { useState } from 'react';
import { Link, Navigate, useParams } from 'react-router';

import type { InstallationView } from '../../gateway/protocol/device/installation.ts';
import { isGone } from '../api/api-error.ts';
import { goOnWithTrial } from '../api/install-api.ts';
import { spanOf } from '../clock/span.ts';
import { MoreMark } from '../frame/menu-mark.tsx';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useAction } from '../rule/use-action.ts';
import { useNow } from '../stream/live-context.tsx';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { AbandonDialog } from './abandon-dialog.tsx';
import { CurrentStep } from './current-step.tsx';
import { type Following, useInstallation } from './use-installation.ts';
import { namedAt } from './words-of.ts';

import './install.css';

/** One installation, from which device it is to a name under it. */
export function InstallFlowPage() {
  const { id = '' } = useParams();
  const words = useWords();
  const following = useInstallation(id);
  const { view, problem, again } = following;
  if (view === null || isGone(problem)) {
    return (
      <Page title={words.install.title}>
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  if (view.state === 'signed') return <Navigate to={`/install/${id}/protocol`} replace />;
  if (view.state === 'abandoned') return <Abandoned view={view} />;
  return <OpenInstallation key={id} view={view} following={following} />;
}

interface OpenInstallationProps {
  view: InstallationView;
  following: Following;
}

function OpenInstallation({ view, following }: OpenInstallationProps) {
  const { words, language } = useSpeech();
  const said = words.install;
  return (
    <Page
      title={said.title}
      heading={view.home.label}
      aside={<InstallMenu view={view} onAbandoned={following.take} />}
      className="install-page"
    >
      {view.replaces !== null && (
        <p className="install-replaces">{said.replaces(namedAt(view.replaces, language))}</p>
      )}
      <Lost since={following.lostSince} />
      <TrialOver view={view} take={following.take} />
      <CurrentStep view={view} take={following.take} />
    </Page>
  );
}

/** Says that its alerts have become real, as after a night's rest, and lets the trial go on. */
function TrialOver({ view, take }: { view: InstallationView; take: Following['take'] }) {
  const { trial } = useWords().install;
  const now = useNow();
  const action = useAction();
  const { trialUntil } = view;
  if (trialUntil === null || trialUntil > now) return null;
  const again = () => void action.run(async () => take(await goOnWithTrial(view.id)));
  return (
    <div className="install-warning install-aside">
      <p role="alert">{trial.over}</p>
      <Button variant="secondary" isPending={action.isPending} onPress={again}>
        {trial.goOn}
      </Button>
      <p role="alert" className="problem">
        {action.problem}
      </p>
    </div>
  );
}

function Lost({ since }: { since: number | null }) {
  const said = useWords().install;
  const now = useNow();
  return (
    <output className="install-lost">
      {since === null ? null : said.lost(spanOf(now - since))}
    </output>
  );
}

interface InstallMenuProps {
  view: InstallationView;
  onAbandoned: (view: InstallationView) => void;
}

function InstallMenu({ view, onAbandoned }: InstallMenuProps) {
  const said = useWords().install;
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <MenuTrigger>
        <Button variant="icon" className="install-more" aria-label={said.menu(view.home.label)}>
          <MoreMark />
        </Button>
        <MenuPopover placement="bottom end">
          <Menu aria-label={said.menu(view.home.label)} className="alert-menu">
            <MenuItem onAction={() => setAsked(true)}>{said.abandon.action}</MenuItem>
          </Menu>
        </MenuPopover>
      </MenuTrigger>
      {isAsked && (
        <AbandonDialog view={view} onAbandoned={onAbandoned} onClose={() => setAsked(false)} />
      )}
    </>
  );
}

function Abandoned({ view }: { view: InstallationView }) {
  const said = useWords().install;
  const home = encodeURIComponent(view.home.id);
  return (
    <Page title={said.title} heading={view.home.label}>
      <output>{said.abandon.done}</output>
      <p className="install-links">
        <Link to={`/install?home=${home}`}>{said.abandon.restart}</Link>
        <Link to={`/homes/${home}`}>{said.protocol.toHome}</Link>
      </p>
    </Page>
  );
}
