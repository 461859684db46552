/** Stroke paths of 16 × 16 icons. */
export const iconOutlines = {
  run: 'M5 3.4v9.2l7.4-4.6z',
  stop: 'M4.5 4.5h7v7h-7z',
  reset: 'M3.2 6.2A5.2 5.2 0 1 1 3 9.4M3 3v3.4h3.4',
  plus: 'M8 3.5v9M3.5 8h9',
  close: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  clear: 'M3.4 12.6l9.2-9.2M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5',
  chevron: 'M6 4l4 4-4 4',
  error: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M8 4.9v3.6M8 11v.1',
  warning: 'M8 2.2l6.2 11.3H1.8zM8 6.4v3.2M8 11.6v.1',
  info: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M8 7.4v3.8M8 4.9V5',
  debug: 'M5.5 5l-3 3 3 3M10.5 5l3 3-3 3',
  prompt: 'M5.5 3.5L10 8l-4.5 4.5',
  result: 'M10 3.5L5.5 8l4.5 4.5',
  copy: 'M6 5.5h7.5v8H6zM3.5 10.5h-1v-8H10v1',
  download: 'M8 2.5v8M4.8 7.4L8 10.6l3.2-3.2M3 13.2h10',
  edit: 'M11.2 2.6l2.2 2.2-8 8-2.9.7.7-2.9z',
  open: 'M6.5 3.5h-3v9h9v-3M9.2 2.8h4v4M13 3L7.6 8.4',
  check: 'M3.5 8.4l3 3 6-6.6',
  variables: 'M2.5 4.5h5M2.5 8h8M2.5 11.5h6M12 4.5h1.5M13 8h.5M11 11.5h2.5',
  tool: 'M9.6 6.4L3.4 12.6M10.8 2.6a3 3 0 1 0 2.6 2.6l-1.9.9-1.6-1.6z',
  terminal: 'M2 3h12v10H2zM4.7 6.2L6.6 8l-1.9 1.8M8.5 10h2.7',
} as const;

export type IconName = keyof typeof iconOutlines;
