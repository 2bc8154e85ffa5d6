import { Button } from '@midas-ds/components/button';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';

import {
  type BenefitParameters,
  initialBenefit,
} from '../../gateway/protocol/report/benefit-field.ts';
import { type BenefitResult, computeBenefit } from '../../gateway/protocol/report/benefit.ts';
import { download } from '../chart/csv.ts';
import { CopyButton } from '../device/copy-button.tsx';
import { useDay } from '../fleet/use-day.ts';
import { Page } from '../frame/page.tsx';
import { ReportNav } from '../report/report-nav.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { addressOf, parametersOf } from './address.ts';
import { BenefitForm } from './benefit-form.tsx';
import { BenefitFigures } from './benefit-result.tsx';
import { ParameterTable } from './parameter-table.tsx';
import { useFigures } from './use-figures.ts';
import { useKeptAddress } from './use-kept-address.ts';
import { useSettled } from './use-settled.ts';
import { YearBars } from './year-bars.tsx';
import { fileOf } from './year-row.ts';
import { YearTable } from './year-table.tsx';

import '../chart/chart.css';
import './benefit.css';

/** What technology costs and gives, worked out here as somebody changes a number; nothing is sent or stored. */
export function BenefitPage() {
  const { benefit: said, locale } = useWords();
  const [address] = useSearchParams();
  const [parameters, setParameters] = useState(() => parametersOf(address));
  const [resets, setResets] = useState(0);
  const result = useMemo(() => computeBenefit(parameters), [parameters]);
  const settled = useSettled(parameters);
  useKeptAddress(addressOf(settled));
  return (
    <Page title={said.title} className="benefit-page">
      <ReportNav />
      <p className="page-about">{said.about}</p>
      <p className="page-about">
        <strong>{said.apart}</strong>
      </p>
      <Printed />
      <a className="to-result" href="#benefit-result">
        {said.toResult}
      </a>
      <div className="benefit-split">
        <div>
          <BenefitForm
            // Fields keep what is typed; another language or a reset writes them anew.
            key={`${locale} ${resets}`}
            parameters={parameters}
            onChange={(key, value) => setParameters((before) => ({ ...before, [key]: value }))}
          />
          <Reset
            count={resets}
            onReset={() => {
              setParameters(initialBenefit);
              setResets(resets + 1);
            }}
          />
        </div>
        <section id="benefit-result" aria-labelledby="benefit-result-title" tabIndex={-1}>
          <h2 id="benefit-result-title">{said.result}</h2>
          <Told parameters={settled} />
          <BenefitFigures result={result} />
          <Actions parameters={parameters} result={result} />
        </section>
      </div>
      <Years result={result} />
      <ParameterTable parameters={parameters} />
    </Page>
  );
}

function Printed() {
  const { benefit: said } = useWords();
  const day = useDay();
  const now = useNow();
  return <p className="print-only">{said.printed(day(now))}</p>;
}

/** The result in a sentence for those who hear the page, once the numbers have come to rest. */
function Told({ parameters }: { parameters: BenefitParameters }) {
  const { benefit: said } = useWords();
  const { number } = useFigures();
  const { hours, netPresentValue } = useMemo(() => computeBenefit(parameters), [parameters]);
  return (
    <output className="visually-hidden">
      {said.summary(number(hours), number(netPresentValue))}
    </output>
  );
}

function Reset({ count, onReset }: { count: number; onReset: () => void }) {
  const { benefit: said } = useWords();
  return (
    <div className="benefit-actions">
      <Button variant="secondary" onPress={onReset}>
        {said.reset}
      </Button>
      <output key={count}>{count > 0 && said.wasReset}</output>
    </div>
  );
}

interface ActionsProps {
  parameters: BenefitParameters;
  result: BenefitResult;
}

function Actions({ parameters, result }: ActionsProps) {
  const words = useWords();
  const said = words.benefit;
  const link = `${location.origin}/reports/benefit?${addressOf(parameters).toString()}`;
  return (
    <div className="benefit-actions">
      <CopyButton text={link.replace(/\?$/, '')} words={said.link} />
      <Button
        variant="secondary"
        onPress={() => download('vaka-benefit.csv', 'text/csv', fileOf(parameters, result, words))}
      >
        {said.file}
      </Button>
      <Button variant="secondary" onPress={() => window.print()}>
        {said.print}
      </Button>
    </div>
  );
}

function Years({ result }: { result: BenefitResult }) {
  const { benefit: said } = useWords();
  const { compact } = useFigures();
  const { years } = result;
  return (
    <section aria-labelledby="benefit-years">
      <h2 id="benefit-years">{said.table}</h2>
      <div className="benefit-pictures">
        <YearBars
          tone="time"
          title={said.timePicture}
          values={years.map(({ hours }) => hours)}
          label={compact}
        />
        <YearBars
          tone="money"
          title={said.moneyPicture}
          values={years.map(({ cumulative }) => cumulative)}
          label={compact}
        />
      </div>
      <p className="field-note">{said.tableAbout}</p>
      <YearTable result={result} />
    </section>
  );
}
