/** A set-up step that cannot go on, in words for the person at the keyboard; anything else thrown is a bug. */
export class SetUpRefusal extends Error {}
