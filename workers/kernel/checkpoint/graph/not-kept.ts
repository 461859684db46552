/** Thrown for an object that can't be kept. The name of the walk is lost, for this reason. */
export class NotKept {
  constructor(
    readonly reason: string,
    /** Whether the object could be kept if it were smaller. */
    readonly isTooLarge = false,
  ) {}
}
