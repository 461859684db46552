import type { GraphNode, PipelineGraph } from './graph.js';

const shapes: Readonly<Record<string, readonly [string, string]>> = {
  task: ['["', '"]'],
  stub: ['["', '"]'],
  parallel: ['[["', '"]]'],
  map: ['[["', '"]]'],
  conditional: ['{"', '"}'],
  loop: ['(["', '"])'],
};

/** A flowchart in Mermaid's language. Steps inside a step stand in a box of its name. */
export function toMermaid({ nodes, edges }: PipelineGraph): string {
  const ids = new Map(nodes.map(({ id }, index) => [id, `s${index}`]));
  const lines = ['flowchart TD'];
  const draw = (parent: string | undefined, indent: string): void => {
    for (const node of nodes.filter((each) => each.parent === parent)) {
      const [open, close] = shapes[node.kind] ?? ['["', '"]'];
      lines.push(`${indent}${ids.get(node.id)}${open}${escaped(labelOf(node))}${close}`);
      if (!nodes.some((each) => each.parent === node.id)) continue;
      lines.push(`${indent}subgraph ${ids.get(node.id)}in ["${escaped(node.name)}"]`);
      draw(node.id, `${indent}  `);
      lines.push(`${indent}end`);
    }
  };
  draw(undefined, '  ');
  for (const { from, to, kind, label } of edges) {
    const arrow = kind === 'failure' ? '-. on failure .->' : label === undefined ? '-->' : `-- "${escaped(label)}" -->`;
    lines.push(`  ${ids.get(from)} ${arrow} ${ids.get(to)}`);
  }
  return lines.join('\n');
}

const labelOf = ({ kind, name }: GraphNode): string => (kind === 'task' ? name : `${name} (${kind})`);

const escaped = (text: string): string => text.replaceAll('"', '#quot;').replaceAll('<', '#lt;');
