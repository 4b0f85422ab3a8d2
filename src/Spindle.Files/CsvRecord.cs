// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Files;

/// <summary>Records of tables that people keep in a spreadsheet (CSV, RFC 4180): cells in quotation marks may have separators, ends of lines, and two marks for one.</summary>
public static class CsvRecord
{
    /// <summary>Reads one.</summary>
    /// <param name="reader">The table, in front of a record.</param>
    /// <param name="separator">A comma, mostly.</param>
    /// <param name="cells">Cleared, and filled.</param>
    /// <returns>Whether there was one.</returns>
    public static bool Read(TextReader reader, char separator, List<string> cells)
    {
        cells.Clear();
        StringBuilder cell = new();
        if (reader.Peek() < 0)
        {
            return false;
        }

        bool isQuoted = false;
        for (int read; (read = reader.Read()) >= 0;)
        {
            char c = (char)read;
            if (isQuoted)
            {
                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (reader.Peek() == '"')
                {
                    cell.Append((char)reader.Read());
                }
                else
                {
                    isQuoted = false;
                }
            }
            else if (c == '"' && cell.Length == 0)
            {
                isQuoted = true;
            }
            else if (c == separator)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else if (c == '\n')
            {
                break;
            }
            else if (c != '\r')
            {
                cell.Append(c);
            }
        }

        cells.Add(cell.ToString());
        return true;
    }
}
