import { define } from '../shared/define.js';
import { CodemodeTimeline } from './timeline.js';

export { CodemodeTimeline } from './timeline.js';
export type { TimelinePosition } from './span-details.js';
export type { Span, SpanAttribute, SpanEvent, SpanKind, SpanStatus } from '../../sdk/traces/span.js';
export type { TraceOptions, TraceSource } from '../../sdk/traces/page-traces.js';

define('codemode-timeline', CodemodeTimeline);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-timeline': CodemodeTimeline;
  }
}
