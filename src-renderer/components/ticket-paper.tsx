import type { ReactNode } from 'react';
import type { TicketElement } from '#shared/domain/ticket-document.ts';
import { Barcode } from './barcode.tsx';

/** A ticket, or the end of one, as it comes out of the printer. */
export function TicketPaper(props: {
  readonly elements: readonly TicketElement[];
  /** The paper goes on above: only its end is shown. */
  readonly isEndOnly?: boolean;
}): ReactNode {
  const { elements, isEndOnly = false } = props;
  return (
    <div className={`paper ${isEndOnly ? 'paper-end' : ''}`}>
      {numbered(elements).map(({ key, element }) => (
        <PaperLine key={key} element={element} />
      ))}
    </div>
  );
}

/** A ticket never changes: the place of a line is its identity. */
function numbered(
  elements: readonly TicketElement[],
): readonly { readonly key: string; readonly element: TicketElement }[] {
  return elements.map((element, position) => ({ key: `line-${position}`, element }));
}

function PaperLine({ element }: { readonly element: TicketElement }): ReactNode {
  switch (element.kind) {
    case 'text':
      return (
        <p
          className={`paper-text align-${element.align} size-${element.size} ${element.isBold ? 'is-bold' : ''}`}
        >
          {element.text}
        </p>
      );
    case 'pair':
      return (
        <p className="paper-pair">
          <span>{element.label}</span>
          <span>{element.value}</span>
        </p>
      );
    case 'numbers':
      return (
        <ul className={`paper-numbers size-${element.size}`}>
          {element.values.map((value) => (
            <li key={value}>{value}</li>
          ))}
        </ul>
      );
    case 'rule':
      return <hr className="paper-rule" />;
    case 'blank':
      return <div className="paper-blank" />;
    case 'code128':
    case 'qr':
      return <Barcode kind={element.kind} value={element.value} />;
  }
}
