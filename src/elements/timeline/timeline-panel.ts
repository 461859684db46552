import { html, type TemplateResult } from 'lit';
import type { TraceSource } from '../../sdk/traces/page-traces.js';
import type { PanelView } from '../panels/panel-view.js';
import type { CodemodeLike } from '../run/codemode-like.js';
import './index.js';
import type { TimelinePosition } from './span-details.js';

/** The timeline of all tabs. */
export function renderPanel({ codemode, tabs, theme, goTo }: PanelView): TemplateResult {
  return html`<codemode-timeline
    part="timeline"
    theme=${theme}
    .codemode=${hasTraces(codemode) ? codemode : undefined}
    .sessionName=${(session: string) => tabs.find(({ id }) => id === session)?.name ?? session}
    .isLinked=${({ session, file }: TimelinePosition) => tabs.some((tab) => tab.id === session && tab.isOwnCode(file))}
    @position-select=${({ detail }: CustomEvent<TimelinePosition>) => goTo(detail)}
  ></codemode-timeline>`;
}

const hasTraces = (codemode: CodemodeLike | undefined): codemode is CodemodeLike & TraceSource =>
  codemode?.trace !== undefined && codemode.watchTrace !== undefined;
