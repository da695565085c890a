import type { Person } from './person.ts';

/** One request, checked: who sends it and what it says. */
export interface Call<Params, Query, Body> {
  readonly person: Person;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** What `If-Match` names; see `checkRevision`. */
  readonly revision: string | undefined;
}
