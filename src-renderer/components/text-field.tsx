import type { ReactNode } from 'react';
import { TextField as AriaTextField, Input, Label, Text } from 'react-aria-components';
import type { ControlName } from '../text/controls.ts';

/** A line to type into, with its label above and a hint below. */
export function TextField(props: {
  readonly control: ControlName;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly inputMode?: 'text' | 'url' | 'numeric';
  readonly maxLength: number;
}): ReactNode {
  const { control, label, hint, value, onChange, inputMode = 'text', maxLength } = props;
  return (
    <AriaTextField className="text-field" value={value} onChange={onChange} maxLength={maxLength}>
      <Label className="text-field-label">{label}</Label>
      <Input
        className="text-field-input"
        data-control={control}
        inputMode={inputMode}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      {hint === undefined ? null : (
        <Text slot="description" className="text-field-hint">
          {hint}
        </Text>
      )}
    </AriaTextField>
  );
}
