import {
  benefitBounds,
  type BenefitKey,
  benefitKeys,
  type BenefitParameters,
  initialBenefit,
} from '../../gateway/protocol/report/benefit-field.ts';

/** Whether the calculation takes this number there. */
export function isWithin(key: BenefitKey, value: number): boolean {
  const { min, max } = benefitBounds(key);
  return value >= min && value <= max;
}

/** The parameters that an address names; what it leaves out or gets wrong is as the calculation begins. */
export function parametersOf(address: URLSearchParams): BenefitParameters {
  const parameters = { ...initialBenefit };
  for (const key of benefitKeys) {
    const text = address.get(key) ?? '';
    if (/^\d+(\.\d+)?$/.test(text) && isWithin(key, Number(text))) parameters[key] = Number(text);
  }
  return parameters;
}

/** The parameters as an address; those that are as the calculation begins are left out. */
export function addressOf(parameters: BenefitParameters): URLSearchParams {
  const address = new URLSearchParams();
  for (const key of benefitKeys) {
    if (parameters[key] !== initialBenefit[key]) address.set(key, plain(parameters[key]));
  }
  return address;
}

/** Without an exponent, which the smallest and the largest would get. */
function plain(value: number): string {
  return value.toFixed(9).replace(/\.?0+$/, '');
}
