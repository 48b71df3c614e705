/** What a chart shows, as a table behind a disclosure. */

import { useVoice } from "../language.ts";
import { Scroll } from "./scroll.tsx";

interface TableViewProps {
  readonly columns: readonly string[];
  /** The first cell of a row is its heading. */
  readonly rows: readonly { readonly key: string | number; readonly cells: readonly string[] }[];
}

/** Folded up until somebody wants to read rather than look. */
export function TableView({ columns, rows }: TableViewProps) {
  const t = useVoice();
  return (
    <details>
      <summary>{t("page.table")}</summary>
      <Scroll label={t("page.table")}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells: [first, ...cells] }) => (
              <tr key={key}>
                <th scope="row">{first}</th>
                {cells.map((cell, index) => (
                  <td key={columns[index + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
