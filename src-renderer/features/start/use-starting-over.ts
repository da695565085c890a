import { useState } from 'react';
import { useOperation } from '../../stores/use-operation.ts';

/** Setting a till up again, with the question that comes before it. */
export interface StartingOver {
  readonly isAsking: boolean;
  readonly operation: ReturnType<typeof useOperation<'enrolment.start-over'>>;
  ask(): void;
  takeBack(): void;
}

/** Keeps whether the question is being asked. */
export function useStartingOver(): StartingOver {
  const operation = useOperation('enrolment.start-over');
  const [isAsking, setIsAsking] = useState(false);
  return {
    isAsking,
    operation,
    ask: () => setIsAsking(true),
    takeBack: () => setIsAsking(false),
  };
}
