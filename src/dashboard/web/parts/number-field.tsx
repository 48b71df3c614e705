/** A number between two others. */

import { useId } from "preact/hooks";

interface NumberFieldProps {
  readonly label: string;
  /** Written after the label. */
  readonly unit?: string;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly value: number;
  readonly disabled?: boolean;
  onChange(value: number): void;
}

/** The browser says what is wrong with a number; only right ones are passed on. */
export function NumberField({ label, unit, min, max, step = 1, value, disabled = false, onChange }: NumberFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{unit === undefined ? label : `${label} (${unit})`}</label>
      <input
        {...{ id, min, max, step, disabled }}
        type="number"
        required
        value={value}
        onInput={({ currentTarget }) => currentTarget.checkValidity() && onChange(currentTarget.valueAsNumber)}
      />
    </div>
  );
}
