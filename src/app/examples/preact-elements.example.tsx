/** @jsxImportSource preact */
// This comment chooses Preact for the elements of this code.
import { signal } from '@preact/signals-core';

const count = signal(1);
const Badge = ({ label }: { label: string }) => <b class="badge">{label}</b>;

count.value += 1;
const badge = <Badge label={`${count.value} new`} />;

// The value of the code is an element, and Preact is in the import map: it is shown.
badge;
