import { expect, it } from 'vitest';
import { pastCells } from './past-cells.js';

const history = {
  in: ['let total = 1', 'TOTAL', 'fetchOrders()'],
  out: [undefined, { type: 'number', text: '1' } as const, { type: 'string', text: 'late' } as const],
};

it('the history has numbers from 1, and is filtered by code and value', () => {
  expect(pastCells(history, '').map(({ number }) => number)).toEqual([1, 2, 3]);
  expect(pastCells(history, ' total ').map(({ number }) => number)).toEqual([1, 2]);
  expect(pastCells(history, 'LATE')).toEqual([{ number: 3, code: 'fetchOrders()', preview: history.out[2] }]);
  expect(pastCells(history, 'nothing')).toEqual([]);
});
