await 0;
export const evaluatedIn = globalThis.readVariable();

export async function readLater() {
  await new Promise((resolve) => { setTimeout(resolve); });
  return globalThis.readVariable();
}
