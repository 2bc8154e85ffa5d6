import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  asText,
  evaluate,
  parseTemplate,
} from '../../../gateway/dialects/homeassistant-template.ts';

function render(template: string, body: unknown): unknown {
  const parsed = parseTemplate(template);
  if (parsed === null) throw new Error('It is beyond the subset.');
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return evaluate(parsed, { text, json: typeof body === 'string' ? undefined : body });
}

test.each([
  ['{{ value }}', 'ON', 'ON'],
  ['{{value|lower}}', 'ON', 'on'],
  ['{{- value | float | round(1) -}}', '21.46', 21.5],
  ['{{ value_json.a.b }}', { a: { b: 3 } }, 3],
  ["{{ value_json['DS18B20-1'].Temperature }}", { 'DS18B20-1': { Temperature: 20.6 } }, 20.6],
  ['{{ value_json["a"][1] }}', { a: [1, 2] }, 2],
  ['{{ value_json.a | int }}', { a: '17.9' }, 17],
  ['{{ value_json.a | int(0) }}', { a: 'x' }, 0],
  ['{{ value_json.a | default(7) }}', {}, 7],
  ['{{ value_json.a | bool }}', { a: 'Off' }, false],
  ["{{ 'ON' if value_json.a == 'open' else 'OFF' }}", { a: 'open' }, 'ON'],
  ["{{ 'ON' if value_json.a | int > 2 else 'OFF' }}", { a: '3' }, 'ON'],
  ["{{ iif(value_json.a, 'ja', 'nej') }}", { a: false }, 'nej'],
  ["{{ (value_json.a == true) | iif('ja', 'nej') }}", { a: true }, 'ja'],
  ['{{ value_json.a == 1 }}', { a: '1' }, false],
  ['{{ value_json.a != -1 }}', { a: 1 }, true],
])('%s of %j is %j', (template, body, expected) => {
  expect(render(template, body)).toEqual(expected);
});

test.each([
  ['{{ value_json.a }}', {}],
  ['{{ value_json.a.b.c }}', { a: null }],
  ["{{ 'ON' if value_json.a else 'OFF' }}", {}],
  ['{{ value_json.a == 1 }}', {}],
  ['{{ value_json.constructor }}', {}],
  ['{{ value_json.__proto__ }}', {}],
  ['{{ value_json.length }}', [1]],
  ['{{ value_json.a }}', 'no JSON'],
  ['{{ value_json.a | float }}', { a: 'x' }],
])('%s of %j is not known', (template, body) => {
  expect(render(template, body)).toBeUndefined();
});

test.each([
  '',
  'ON',
  '{{ }}',
  '{{ states("sensor.x") }}',
  '{{ value_json.a + 1 }}',
  '{{ value_json.a and value_json.b }}',
  '{% if value %}ON{% endif %}',
  '{{ value }} °C',
  '{{ value }}{{ value }}',
  '{{ value | regex_replace("a") }}',
  '{{ value | default }}',
  '{{ value.lower() }}',
  '{{ value_json. }}',
  '{{ value_json[value] }}',
  '{{ (value }}',
  "{{ 'a' if value }}",
  `{{ ${'('.repeat(50)}value${')'.repeat(50)} }}`,
  `{{ value${' | lower'.repeat(200)} }}`,
])('%s is beyond the subset', (template) => {
  expect(parseTemplate(template)).toBeNull();
});

test('any text at all is read or left alone', () => {
  const bits = fc.constantFrom(
    '{{',
    '}}',
    '(',
    ')',
    '|',
    'value_json',
    '.a',
    "['b']",
    'iif',
    ',',
    ' if ',
    ' else ',
    '==',
    '1',
    "'x'",
    'round',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(bits).map((all) => `{{${all.join(' ')}}}`),
      ),
      fc.jsonValue(),
      (template, json) => {
        const parsed = parseTemplate(template);
        if (parsed !== null) asText(evaluate(parsed, { text: 'x', json }));
      },
    ),
    { numRuns: 500, seed: 5 },
  );
});
