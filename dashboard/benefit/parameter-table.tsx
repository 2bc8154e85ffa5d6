import {
  benefitFields,
  benefitKeys,
  type BenefitParameters,
} from '../../gateway/protocol/report/benefit-field.ts';
import { useWords } from '../text/language-context.tsx';
import { writeNumber } from './number-text.ts';

/** The numbers as paper has them, where there are no fields. */
export function ParameterTable({ parameters }: { parameters: BenefitParameters }) {
  const { benefit: said, locale } = useWords();
  return (
    <table className="figures print-only-table">
      <caption>{said.form}</caption>
      <thead>
        <tr>
          <th scope="col">{said.parameter}</th>
          <th scope="col">{said.value}</th>
          <th scope="col">{said.unit}</th>
          <th scope="col">{said.source}</th>
        </tr>
      </thead>
      <tbody>
        {benefitKeys.map((key) => {
          const { unit, source, initial } = benefitFields[key];
          return (
            <tr key={key}>
              <th scope="row">{said.fields[key]}</th>
              <td>{writeNumber(parameters[key], locale)}</td>
              <td>{said.units[unit]}</td>
              <td>{parameters[key] === initial ? said.sourceNames[source] : said.ownSource}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
