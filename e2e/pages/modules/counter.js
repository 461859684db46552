export let count = 0;

export default function increment() {
  count += 1;
}
