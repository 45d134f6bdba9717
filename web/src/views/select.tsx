/** A field of a form with a few choices. */

interface SelectProps {
  label: string;
  value: string;
  options: Record<string, string>;
  onValue: (value: string) => void;
}

export function Select({ label, value, options, onValue }: SelectProps) {
  return (
    <label class="field">
      {label}
      <select onChange={(event) => onValue(event.currentTarget.value)}>
        {Object.entries(options).map(([each, words]) => (
          <option key={each} value={each} selected={each === value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
