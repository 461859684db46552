import { listsOf } from './children.js';
import type { Step, StepKind } from './step.js';

/** A step in the graph of a definition. */
export interface GraphNode {
  /** Its path in the definition, without keys of items and numbers of rounds. */
  readonly id: string;
  readonly name: string;
  readonly kind: StepKind;
  /** The step around it. */
  readonly parent?: string;
  /** The branch of that step it lies in. */
  readonly branch?: string;
  /** Whether it runs on failure alone. */
  readonly onFailure: boolean;
}

/** An arrow between two steps: `next` in a list, `enter` into the first steps of a step, or what follows a `failure`. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'next' | 'enter' | 'failure';
  /** Of the branch that it enters. */
  readonly label?: string;
}

/** A definition as nodes and edges: for a picture of it. */
export interface PipelineGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

interface Place {
  readonly path: string;
  readonly parent?: string;
  readonly branch?: string;
  readonly onFailure: boolean;
}

/** The graph of steps. @param onFailure the steps that run when the pipeline has failed */
export function graphOf(steps: readonly Step[], onFailure: readonly Step[], failurePrefix: string): PipelineGraph {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const addList = (list: readonly Step[], place: Place): void => {
    let previous: string | undefined;
    for (const step of list) {
      const id = place.path === '' ? step.name : `${place.path}/${step.name}`;
      const { parent, branch } = place;
      nodes.push({
        id,
        name: step.name,
        kind: step.kind,
        ...(parent === undefined ? {} : { parent }),
        ...(branch === undefined ? {} : { branch }),
        onFailure: place.onFailure,
      });
      if (previous !== undefined) edges.push({ from: previous, to: id, kind: 'next' });
      previous = id;
      for (const { role, name, path, steps: inner } of listsOf(step)) {
        const isFailure = role === 'failure';
        const at = [id, ...path].join('/');
        const [first] = inner;
        if (first !== undefined) {
          const label = name === undefined ? {} : { label: name };
          edges.push({ from: id, to: `${at}/${first.name}`, kind: isFailure ? 'failure' : 'enter', ...label });
        }
        addList(inner, {
          path: at,
          parent: id,
          ...(name === undefined ? {} : { branch: name }),
          onFailure: place.onFailure || isFailure,
        });
      }
    }
  };
  addList(steps, { path: '', onFailure: false });
  addList(onFailure, { path: failurePrefix, onFailure: true });
  return { nodes, edges };
}
