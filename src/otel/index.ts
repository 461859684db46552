export { CodemodeContextManager } from './context-propagation.js';
export {
  exportSpans,
  type EndedSpan,
  type EndedSpanProcessor,
  type ExportSpansOptions,
  type SpanResource,
} from './export-spans.js';
