import { expect, test } from './fixtures/test.js';

test.describe('rich output', () => {
  test('G1: canvases, bitmaps and Blobs arrive as images before the result, and updates in place', async ({
    sdkPage,
  }) => {
    const shown = await sdkPage.evaluate(async () => {
      const session = new window.sdk.Codemode().session('pictures');
      const updates: unknown[] = [];
      session.addEventListener('output', ({ detail }) => {
        if (detail.isUpdate === true) updates.push(detail.id);
      });
      const { output, value } = await session.execute(`
        const canvas = new OffscreenCanvas(3, 2); canvas.getContext('2d').fillRect(0, 0, 1, 1);
        display(canvas);
        const bitmap = await createImageBitmap(canvas); display(bitmap);
        display(await canvas.convertToBlob({ type: 'image/jpeg' }));
        const handle = display('old'); handle.update('new'); bitmap.width`);
      const last = await session.execute('canvas');
      return [...output, ...last.output].map(({ id, bundle, isResult = false }) => {
        const [[type, bytes] = []] = Object.entries(bundle ?? {});
        const start = bytes instanceof Uint8Array ? Array.from(bytes.subarray(0, 3)) : bytes;
        return { type, start, isResult, updated: updates.includes(id), value };
      });
    });
    const png = { type: 'image/png', start: [137, 80, 78], isResult: false, updated: true, value: 3 };
    expect(shown).toEqual([
      png,
      png,
      { ...png, type: 'image/jpeg', start: [255, 216, 255] },
      { ...png, type: 'text/plain', start: 'new' },
      { ...png, isResult: true },
    ]);
  });
});
