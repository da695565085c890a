import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import type { Person } from '../../stores/sign-in-store.ts';
import { ROLE_WORDS } from '../../text/role-words.ts';

/** How many names are shown at once: without scrolling, also with large buttons. */
const NAMES_PER_PAGE = 11;

/** Names to tap, in alphabetical order, a page at a time. */
export function PeopleTiles(props: {
  readonly people: readonly Person[];
  readonly onChoose: (person: Person) => void;
}): ReactNode {
  const sorted = [...props.people].sort((left, right) =>
    left.displayName.localeCompare(right.displayName),
  );
  const [page, setPage] = useState(0);
  const pageCount = Math.max(1, Math.ceil(sorted.length / NAMES_PER_PAGE));
  const start = (page % pageCount) * NAMES_PER_PAGE;
  return (
    <div className="people">
      {sorted.slice(start, start + NAMES_PER_PAGE).map((person) => (
        <Button
          key={person.operatorId}
          control="sign-in.person"
          size="touch"
          className="person"
          onPress={() => props.onChoose(person)}
        >
          <span className="person-name">{person.displayName}</span>
          {person.role === 'seller' ? null : (
            <span className="person-role">{ROLE_WORDS[person.role]}</span>
          )}
        </Button>
      ))}
      {pageCount > 1 ? (
        <Button
          control="sign-in.next-people"
          size="touch"
          icon={ChevronRight}
          className="person"
          onPress={() => setPage(page + 1)}
        >
          More names
        </Button>
      ) : null}
    </div>
  );
}
