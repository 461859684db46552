import { describe, expect, it, vi } from 'vitest';
import { LocaleRegistry } from './locale-registry.js';

const english = { run: 'Run', took: (count: number) => `${count} ms`, state: { ready: 'Ready', running: 'Running' } };

/** An element whose nearest `lang` is the one given; there is no DOM here. */
const elementIn = (language: string | null): Element =>
  ({
    closest: () => (language === null ? null : { getAttribute: () => language }),
    getRootNode: () => ({}),
  }) as unknown as Element;

describe('LocaleRegistry', () => {
  it('gives English where there is no other language, or none that is known', () => {
    const locales = new LocaleRegistry();
    expect(locales.textsFor(elementIn(null), english)).toBe(english);
    expect(locales.textsFor(elementIn('xx'), english)).toBe(english);
  });

  it('gives each element the language of its place', () => {
    const locales = new LocaleRegistry();
    locales.register('de', { run: 'Ausführen' });
    expect(locales.textsFor(elementIn('de'), english).run).toBe('Ausführen');
    expect(locales.textsFor(elementIn('en'), english).run).toBe('Run');
  });

  it('falls back from a region to its language, in any case', () => {
    const locales = new LocaleRegistry();
    locales.register('de', { run: 'Ausführen' });
    locales.register('de-CH', { run: 'Starten' });
    expect(locales.textsFor(elementIn('DE-at'), english).run).toBe('Ausführen');
    expect(locales.textsFor(elementIn('de-ch'), english).run).toBe('Starten');
  });

  it('shows English for what a language misses, also within a group', () => {
    const locales = new LocaleRegistry();
    locales.register('de', { state: { ready: 'Bereit' } });
    const texts = locales.textsFor(elementIn('de'), english);
    expect(texts.run).toBe('Run');
    expect(texts.state).toEqual({ ready: 'Bereit', running: 'Running' });
  });

  it('replaces single English texts', () => {
    const locales = new LocaleRegistry();
    locales.register('en', { run: 'Execute' });
    expect(locales.textsFor(elementIn(null), english)).toMatchObject({ run: 'Execute', state: english.state });
  });

  it('loads a language when an element needs it, once, and then asks for it to be shown', async () => {
    vi.stubGlobal('document', {});
    vi.stubGlobal(
      'MutationObserver',
      class {
        observe(): void {}
        disconnect(): void {}
      },
    );
    const locales = new LocaleRegistry();
    const load = vi.fn(async () => ({ run: 'Lancer' }));
    locales.register('fr', load);
    const shown = new Promise<void>((resolve) => {
      locales.watch({ requestUpdate: resolve });
    });
    expect(load).not.toHaveBeenCalled();
    expect(locales.textsFor(elementIn('fr'), english).run).toBe('Run');
    locales.textsFor(elementIn('fr'), english);
    await shown;
    expect(locales.textsFor(elementIn('fr'), english).run).toBe('Lancer');
    expect(load).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
  });

  it('keeps what was registered before the loaded texts came', async () => {
    const locales = new LocaleRegistry();
    locales.register('fr', async () => ({ run: 'Lancer', took: () => 'ms' }));
    locales.register('fr', { run: 'Exécuter' });
    await locales.setLocale('fr');
    expect(locales.textsFor(elementIn(null), english).run).toBe('Exécuter');
    expect(locales.textsFor(elementIn(null), english).took(1)).toBe('ms');
  });

  it('follows the locale of the page before any lang, until it is taken back', async () => {
    const locales = new LocaleRegistry();
    locales.register('de', { run: 'Ausführen' });
    await locales.setLocale('de');
    expect(locales.textsFor(elementIn('en'), english).run).toBe('Ausführen');
    await locales.setLocale(undefined);
    expect(locales.textsFor(elementIn('en'), english).run).toBe('Run');
  });

  it('tells who set a locale that its texts could not be loaded, and stays with English', async () => {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const locales = new LocaleRegistry();
    locales.register('fr', async () => {
      throw new Error('offline');
    });
    await expect(locales.setLocale('fr')).rejects.toThrow('offline');
    expect(locales.textsFor(elementIn(null), english).run).toBe('Run');
    expect(error).toHaveBeenCalledOnce();
    error.mockRestore();
  });

  it('asks again for texts that did not arrive, after a pause', async () => {
    vi.useFakeTimers();
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const locales = new LocaleRegistry();
    const load = vi.fn(async () => ({ run: 'Lancer' })).mockRejectedValueOnce(new TypeError('offline'));
    locales.register('fr', load);
    await expect(locales.setLocale('fr')).rejects.toThrow('offline');
    locales.textsFor(elementIn(null), english);
    expect(load).toHaveBeenCalledOnce();
    await vi.runAllTimersAsync();
    locales.textsFor(elementIn(null), english);
    await vi.runAllTimersAsync();
    expect(locales.textsFor(elementIn(null), english).run).toBe('Lancer');
    error.mockRestore();
    vi.useRealTimers();
  });

  it('stops watching the page when the last element has left', () => {
    const observe = vi.fn();
    const disconnect = vi.fn();
    vi.stubGlobal('document', {});
    vi.stubGlobal(
      'MutationObserver',
      class {
        observe = observe;
        disconnect = disconnect;
      },
    );
    const locales = new LocaleRegistry();
    const leave = [locales.watch({ requestUpdate() {} }), locales.watch({ requestUpdate() {} })];
    leave[0]?.();
    expect(disconnect).not.toHaveBeenCalled();
    leave[1]?.();
    expect(observe).toHaveBeenCalledOnce();
    expect(disconnect).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
  });
});
