/** Which colour stands for what. */

/** Something drawn in a colour of its own. */
export interface LegendItem {
  readonly name: string;
  readonly colour: string;
}

/** A legend; hidden from screen readers, whom the table tells the same. */
export function Legend({ items }: { readonly items: readonly LegendItem[] }) {
  return (
    <ul class="legend" aria-hidden="true">
      {items.map(({ name, colour }) => (
        <li key={name}>
          <span style={{ background: colour }} />
          {name}
        </li>
      ))}
    </ul>
  );
}
