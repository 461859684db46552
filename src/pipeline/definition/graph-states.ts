import type { RunStatus } from '../run-log/run-log-event.js';
import type { RunLog, StepLog } from '../run-log/run-log.js';
import type { GraphNode, PipelineGraph } from './graph.js';

/** A step of the graph, with how it stands in a run. */
export interface NodeState extends GraphNode {
  /** Of all that it stands for: a failure before work under way, that before a success. `created`: it was not reached. */
  readonly status: RunStatus;
  /** The times it ran: more than one inside a map or a loop. */
  readonly runs: readonly StepLog[];
}

/** A graph with the states of a run. */
export interface PipelineStates extends PipelineGraph {
  readonly nodes: readonly NodeState[];
}

/** What counts more comes first. */
const order: readonly RunStatus[] = [
  'fail',
  'interrupted',
  'processing',
  'triggered',
  'cancelled',
  'success',
  'created',
];

/** The graph of a definition with the states of a run of it. */
export function withStates({ nodes, edges }: PipelineGraph, { steps }: RunLog): PipelineStates {
  const runs = new Map<string, StepLog[]>();
  const collect = (step: StepLog): void => {
    runs.set(step.node, [...(runs.get(step.node) ?? []), step]);
    step.steps?.forEach(collect);
  };
  steps.forEach(collect);
  return {
    edges,
    nodes: nodes.map((node) => {
      const own = runs.get(node.id) ?? [];
      const status = order.find((each) => own.some((step) => step.status === each)) ?? 'created';
      return { ...node, status, runs: own };
    }),
  };
}
