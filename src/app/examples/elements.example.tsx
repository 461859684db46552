// The import map of this page names React. Its first run loads it from a CDN.
import { useState } from 'react';

interface Order {
  readonly city: string;
  readonly total: number;
}

function Orders({ orders }: { orders: readonly Order[] }) {
  const [open] = useState(true);
  return (
    <ul hidden={!open}>
      {orders.map(({ city, total }) => (
        <li key={city}>
          {city}: <b>{total}</b>
        </li>
      ))}
    </ul>
  );
}

// An element is a value like others. Look into it.
<Orders
  orders={[
    { city: 'Oslo', total: 129 },
    { city: 'Rome', total: 58.5 },
  ]}
/>;
