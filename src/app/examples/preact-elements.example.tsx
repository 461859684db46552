/** @jsxImportSource preact */
// This comment chooses Preact for the elements of this code.
import { signal } from '@preact/signals-core';

const count = signal(1);
const Badge = ({ label }: { label: string }) => <b class="badge">{label}</b>;

count.value += 1;
const badge = <Badge label={`${count.value} new`} />;

// A component is a function. A renderer calls it, and so can you.
badge.type(badge.props);
