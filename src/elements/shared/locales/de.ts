import type { Translation } from './translation.js';

const decimal = new Intl.NumberFormat('de', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const german: Translation = {
  tabs: 'Tabs',
  newTab: 'Neuer Tab',
  untitled: (number) => `Tab ${number}`,
  closeTab: (name) => `${name} schließen`,
  renameTab: 'Tab umbenennen',
  closedTab: (name) => `„${name}“ wurde geschlossen`,
  undo: 'Rückgängig',
  noTabs: 'Kein Tab ist offen',
  noTabsHint: 'Jeder Tab läuft in seinem eigenen Worker, mit seinen eigenen Variablen.',

  run: 'Ausführen',
  stop: 'Anhalten',
  reset: 'Zurücksetzen',
  runTitle: (shortcut) => `Den Code in diesem Tab ausführen (${shortcut})`,
  stopTitle: 'Anhalten, was läuft; die Variablen bleiben',
  resetTitle: 'Mit einem neuen Worker und ohne Variablen von vorn beginnen',
  mode: 'Modus',
  modeTitle:
    'async: await ist überall erlaubt. sync: läuft ohne Pause bis zum Ende. thread: läuft in einem eigenen Worker.',
  toolbar: 'Playground',
  dismiss: 'Ausblenden',

  state: {
    created: 'Untätig',
    starting: 'Startet',
    ready: 'Bereit',
    running: 'Läuft',
    closing: 'Wird beendet',
    closed: 'Beendet',
    crashed: 'Abgestürzt',
  },
  tabState: { none: '', running: 'läuft', ok: 'erfolgreich', failed: 'fehlgeschlagen' },
  took: (milliseconds) =>
    milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${decimal.format(milliseconds / 1000)} s`,
  pending: (count) => `${count} ausstehend`,
  pendingTitle: 'Zeigen, was beendete Ausführungen hinterlassen haben',
  crashed: 'Die Sitzung ist abgestürzt. Ein neuer Worker tritt an ihre Stelle.',
  recovered: (reason, restored, lost) =>
    `Die Sitzung wurde neu gestartet (${reason.replace(/\.$/, '')}). ` +
    (restored.length > 0 ? `Wiederhergestellt: ${restored.join(', ')}. ` : 'Sie beginnt ohne Variablen. ') +
    (lost.length > 0 ? `Verloren: ${lost.join(', ')}.` : ''),

  code: 'Code',
  codeHint: 'Escape, dann Tab verlässt den Editor. Strg+M schaltet um, ob Tab einrückt oder den Fokus bewegt.',
  loadingEditor: 'Der Editor wird geladen',
  editorFailed: 'Der volle Editor konnte nicht geladen werden. Dieser einfache führt Code genauso gut aus.',
  editorBroken:
    'Der volle Editor kam nicht vollständig an: Lade die Seite neu. Dieser einfache führt Code genauso gut aus.',
  typesFailed: 'Typen und Vervollständigung konnten nicht geladen werden.',
  partFailed: 'Dieser Teil konnte nicht geladen werden.',
  partBroken: 'Dieser Teil kam nicht vollständig an: Lade die Seite neu.',
  tryAgain: 'Erneut versuchen',
  resize: 'Größe der Bereiche ändern',

  panels: 'Bereiche',
  panelNames: { pending: 'Ausstehend' },
  morePanels: 'Mehr',
  console: 'Konsole',
  consoleInput: 'Konsoleneingabe',
  consoleInputHint: 'Enter führt aus, Umschalt+Enter beginnt eine neue Zeile, die Pfeiltasten holen Früheres zurück',
  consolePlaceholder: 'In diesem Tab auswerten',
  consoleEmpty: 'Noch keine Ausgabe',
  consoleEmptyHint: 'Führen Sie den Code aus, oder werten Sie unten einen Ausdruck aus.',
  consoleNoMatch: 'Kein Eintrag passt zum Filter',
  clearConsole: 'Konsole leeren',
  copyConsole: 'Konsole kopieren',
  filter: 'Filter',
  filterTitle: 'Durchsucht alle Einträge, auch die weit außerhalb des Sichtbaren',
  filterLevel: 'Stufe',
  levels: { debug: 'Alle Stufen', log: 'Ab Info', warn: 'Ab Warnung', error: 'Fehler' },
  level: { debug: 'Debug', log: '', info: 'Info', warn: 'Warnung', error: 'Fehler' },
  toEnd: 'Zum Ende',
  droppedEntries: (count) => `${count.toLocaleString('de')} frühere Einträge wurden verworfen`,
  times: (count) => `${count}-mal`,
  toggleGroup: 'Gruppe',
  ranCode: 'Code ausgeführt',
  resetNotice: 'Von vorn begonnen: die Variablen sind weg',
  goTo: (position) => `Zu ${position} gehen`,
  uncaught: 'Nicht abgefangen:',
  causedBy: 'Verursacht durch',

  context: 'Kontext',
  contextHint: 'Geht mit jeder Ausführung dieses Tabs mit. Im Code: context.get("client_id").',
  contextEmpty: 'Noch kein Kontext',
  contextKey: 'Schlüssel',
  contextValue: 'Wert',
  addContextRow: 'Schlüssel hinzufügen',
  removeContextRow: (key) => `${key || 'Zeile'} entfernen`,
  rows: 'Zeilen',
  json: 'JSON',
  contextText: 'Kontext als JSON',
  contextNotObject: 'Der Kontext muss ein Objekt sein, etwa { "client_id": "acme" }.',
  contextDuplicate: (key) => `Den Schlüssel „${key}“ gibt es zweimal.`,
  contextNoKey: 'Ein Wert braucht einen Schlüssel.',

  variables: 'Variablen',
  variablesEmpty: 'Noch keine Variablen',
  variablesEmptyHint: 'Was eine Ausführung deklariert, bleibt für die nächste hier.',
  unavailable: 'Nicht verfügbar: die Sitzung ist beendet oder wurde zurückgesetzt.',

  inspect: 'Wert',
  copy: 'Wert kopieren',
  outputOfCode: 'Ausgabe des Codes',
  outputActions: 'Ausgabe',
  copyOutput: 'Diese Ausgabe kopieren',
  download: 'Herunterladen',
  outputTookFocus: 'Die Skripte dieser Ausgabe nahmen den Fokus, während Sie anderswo schrieben, und wurden beendet.',
  outputSilent:
    'Die Skripte dieser Ausgabe endeten nicht und wurden beendet. Die Sitzungen dieser Seite wurden neu gestartet.',
  progress: 'Fortschritt',
  table: 'Tabelle',
  sortBy: (column) => `Nach ${column} sortieren`,
  resizeColumn: (column) => `Breite von ${column}`,
  rowsOf: (shown, total) =>
    total > shown
      ? `${shown.toLocaleString('de')} von ${total.toLocaleString('de')} Zeilen`
      : `${shown.toLocaleString('de')} Zeilen`,
  storeValue: 'Unter einem Namen wie temp1 ablegen (Umschalt+Enter)',
  invokeGetter: 'Diesen Getter lesen',
  moreProperties: (count) => `${count} weitere`,

  variablesPanel: {
    filter: 'Namen filtern',
    matches: (count, total) => `${count} von ${total}`,
    noMatch: 'Kein Name passt zum Filter',
    pin: 'Oben anheften',
    unpin: 'Lösen',
    pinName: (name) => `${name} anheften`,
    gone: 'hat gerade keinen Wert',
    copyAsJson: 'Als JSON kopieren',
    copyNameAsJson: (name) => `${name} als JSON kopieren`,
    copied: 'als JSON kopiert',
    noJson: 'hat keine Form als JSON',
    notCopied: 'konnte nicht kopiert werden',
    setBy: (cell) => `Deklariert in ${cell}`,
    size: {
      characters: (count) => `${count.toLocaleString('de')} Zeichen`,
      items: (count) => `${count.toLocaleString('de')} ${count === 1 ? 'Element' : 'Elemente'}`,
      bytes: (count) =>
        count < 1_000
          ? `${count} B`
          : count < 1e6
            ? `${decimal.format(count / 1e3)} KB`
            : `${decimal.format(count / 1e6)} MB`,
    },
  },

  pendingPanel: {
    kinds: { promise: 'Promise', timer: 'Timer', listener: 'Listener', tool: 'Werkzeugaufruf' },
    empty: 'Nichts steht aus',
    emptyHint: 'Hier stehen benannte Promises, Timer, Listener und Werkzeugaufrufe, die der Code noch offen hat.',
    count: (count) => `${count} ausstehend`,
    cancelAll: 'Alles abbrechen',
    cancelAllTitle:
      'Abbrechen, was beendete Ausführungen hinterlassen haben; was läuft, geht weiter, die Variablen bleiben',
    age: (seconds) =>
      seconds < 60
        ? `${seconds} s`
        : seconds < 3600
          ? `${Math.floor(seconds / 60)} min`
          : `${Math.floor(seconds / 3600)} h`,
    since: (time) => `Seit ${time}`,
    unnamed: 'ohne Namen',
  },

  snippet: {
    label: (name) => `Lebendiger Code: ${name}`,
    toolbar: 'Aktionen für den Code',
    run: 'Ausführen',
    stop: 'Anhalten',
    edit: 'Bearbeiten',
    done: 'Fertig',
    reset: 'Zurücksetzen',
    copy: 'Kopieren',
    copied: 'Kopiert',
    open: 'Im Playground öffnen',
    runTitle: (shortcut) => `Diesen Code ausführen (${shortcut})`,
    stopTitle: 'Anhalten, was läuft; die Variablen bleiben',
    pending: (count) => `${count} ausstehend`,
    stopPendingTitle: 'Timer, Listener und Promises stoppen, die der Code hinterlassen hat; die Variablen bleiben',
    editTitle: 'Diesen Code bearbeiten; Escape verlässt den Editor',
    doneTitle: 'Den Editor schließen; Ihre Änderungen bleiben',
    resetTitle: 'Code und Zustand der Seite wiederherstellen',
    editor: 'Code. Escape verlässt den Editor.',
    took: (milliseconds) =>
      milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${decimal.format(milliseconds / 1000)} s`,
    loading: 'Lädt',
    running: 'Läuft',
    succeeded: (took) => `Fertig nach ${took}`,
    failed: 'Fehlgeschlagen',
    stopped: 'Angehalten',
    outdatedOwn: 'Seit der Ausführung geändert',
    outdatedAbove: 'Weiter oben hat sich Code geändert',
    edited: 'Bearbeitet',
    expected: 'Erwartete Ausgabe',
    output: 'Ausgabe',
    showEarlier: (count) => `${count} frühere zeigen`,
    asExpected: 'Wie erwartet',
    notAsExpected: 'Nicht wie erwartet',
    noOutput: 'Ausgeführt, ohne Ausgabe.',
    ranFirst: (name) => `„${name}“ muss zuerst laufen, ist aber fehlgeschlagen. Die Ausgabe dort sagt, warum.`,
    fold: (title, lines) => `${title || 'Mehr'} (${lines} Zeilen)`,
    errorLine: (line) => `Fehler in Zeile ${line}`,
    pageChanged: 'Dieser Code wurde geändert, seit Sie ihn bearbeitet haben.',
    otherTab: 'Dieser Code wurde in einem anderen Tab bearbeitet.',
    keepMine: 'Meine Fassung behalten',
    useThePage: 'Die neue zeigen',
    useTheOther: 'Die andere zeigen',
    runAll: 'Alle ausführen',
    startOver: 'Von vorn beginnen',
    startOverTitle: 'Ein neuer Worker ohne Variablen, und keine Ausgabe',
  },
};
