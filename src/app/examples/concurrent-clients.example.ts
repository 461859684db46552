// Press “Three clients at once”. This code then runs three times in this
// one worker: as client a, b and c, which wait 100, 50 and 150 ms.
const wait = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

async function whoAmI(step: string) {
  await wait(context.require<number>('delay'));
  // No argument was passed down to here, and others ran meanwhile.
  const client = context.get('client_id');
  console.log(`${step}: I am client ${client}`);
  return client;
}

const seen: unknown[] = [];
for (const step of ['first', 'second', 'third']) {
  seen.push(await whoAmI(step));
}

// A timer keeps the context of whoever set it.
setTimeout(() => {
  console.log(`a late callback of ${context.get('client_id')}`);
}, 200);

seen;
