/** What a walk meets that can't be kept: the name that led to it is lost, with this reason. */
export class NotKept {
  constructor(
    readonly reason: string,
    /** It is data, and too much of it. */
    readonly isTooLarge = false,
  ) {}
}
