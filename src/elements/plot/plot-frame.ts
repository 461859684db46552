import embed, { type Result, type VisualizationSpec } from 'vega-embed';
import { expressionInterpreter } from 'vega-interpreter';
import type { PlotCommand, PlotReport } from '../../protocol/frame/plot-messages.js';

/** The script of the page that shows a plot: Vega, whose expressions are interpreted, since the policy of the page lets nothing be evaluated. */

let port: MessagePort | undefined;
let drawn: Promise<Result> | undefined;

const tell = (report: PlotReport): void => port?.postMessage(report);
/** Vega only logs what it could not load, and draws nothing of it. */
function refuse(): Promise<never> {
  const error = new Error('an output has no network. Put the data into the specification.');
  tell({ type: 'broken', reason: String(error) });
  return Promise.reject(error);
}
const loader = { options: {}, load: refuse, sanitize: refuse, http: refuse, file: refuse };

async function draw({ spec, scheme }: PlotCommand & { readonly type: 'plot' }): Promise<Result> {
  const place = document.createElement('div');
  place.style.width = '100%';
  document.body.replaceChildren(place);
  return await embed(place, spec as VisualizationSpec, {
    ast: true,
    expr: expressionInterpreter,
    renderer: 'svg',
    actions: false,
    loader: loader as never,
    ...(scheme === 'dark' && { theme: 'dark' }),
    config: { background: 'transparent' },
  });
}

async function save(format: 'svg' | 'png'): Promise<void> {
  const { view } = await drawn!;
  tell({ type: 'saved', format, text: format === 'svg' ? await view.toSVG() : await view.toImageURL('png', 2) });
}

addEventListener('message', function init({ source, ports: [given] }: MessageEvent): void {
  if (source !== parent || given === undefined) return;
  removeEventListener('message', init);
  port = given;
  port.onmessage = ({ data }: MessageEvent<PlotCommand>) => {
    if (data.type === 'plot') drawn = draw(data);
    const done = data.type === 'plot' ? drawn : save(data.format);
    done?.catch((error: unknown) => tell({ type: 'broken', reason: String(error) }));
  };
});
