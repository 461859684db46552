import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Step } from './step.js';

/** A checked definition. */
export interface PipelineParts {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly onFailure: readonly Step[];
  /** Of what a run is started with. */
  readonly parameters: StandardSchemaV1 | undefined;
}
