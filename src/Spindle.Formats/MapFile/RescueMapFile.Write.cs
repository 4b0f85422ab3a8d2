// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.Formats.MapFile;

public sealed partial record RescueMapFile
{
    private const string StatusTitle = "# current_pos  current_status  current_pass";
    private const string BlocksTitle = "#      pos        size  status";

    /// <summary>Writes the map as ddrescue 1.27 does, to the byte.</summary>
    public void Write(TextWriter writer)
    {
        foreach (string line in Heading)
        {
            WriteLine(writer, line);
        }

        WriteLine(writer, StatusTitle);
        WriteLine(writer, string.Create(
            CultureInfo.InvariantCulture, $"0x{CurrentPosition:X8}     {(char)CurrentStatus}               {CurrentPass}"));
        WriteLine(writer, BlocksTitle);
        foreach (MapBlock block in Blocks)
        {
            WriteLine(writer, string.Create(CultureInfo.InvariantCulture, $"0x{block.Position:X8}  0x{block.Size:X8}  {(char)block.State}"));
        }
    }

    private static void WriteLine(TextWriter writer, string line)
    {
        writer.Write(line);
        writer.Write('\n');
    }
}
