import type { ReactNode } from 'react';

/** A titled list of facts, each a label and its value. */
export function FactList(props: {
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly value: ReactNode }[];
}): ReactNode {
  return (
    <section className="facts">
      <h2>{props.title}</h2>
      <dl>
        {props.facts.map(({ label, value }) => (
          <div key={label} className="fact">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
