// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Media;

namespace Spindle.Formats.MapFile;

public sealed partial record RescueMapFile
{
    /// <summary>Characters of a line that count; ddrescue reads no more, whatever stands behind them.</summary>
    private const int LineLimit = 127;

    /// <summary>Reads the map that a file holds.</summary>
    /// <exception cref="OperationFailedException">The file can't be read, or is no map.</exception>
    public static RescueMapFile Read(string path)
    {
        try
        {
            using StreamReader text = new(path);
            return Parse(text);
        }
        catch (OperationFailedException e)
        {
            throw new OperationFailedException(e.Failure with { What = $"{path}, {e.Failure.What}" }, e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new OperationFailedException(new("map-unreadable", $"there is no map {path}", "check the name"), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationFailedException(new("map-unreadable", $"the map {path} cannot be read: {e.Message}", "check the name"), e);
        }
    }

    /// <summary>Reads a map, with all that ddrescue 1.27 tolerates: see docs/formats/map-file.md.</summary>
    /// <param name="reader">The text of the file.</param>
    /// <param name="loose">Whether gaps count as not tried and blocks may come in any order, as with ddrescue's <c>-L</c>.</param>
    /// <exception cref="OperationFailedException">The text is no map; the failure names the line.</exception>
    public static RescueMapFile Parse(TextReader reader, bool loose = false)
    {
        List<string> heading = [];
        List<MapBlock> blocks = [];
        RescueMapFile? status = null;
        int number = 0;
        while (reader.ReadLine() is { } text)
        {
            number++;
            LineScanner line = new(text.Length > LineLimit ? text[..LineLimit] : text);
            if (line.IsBlankOrComment)
            {
                if (status is null && text.StartsWith('#') && text != StatusTitle)
                {
                    heading.Add(text);
                }
            }
            else if (status is null)
            {
                status = ParseStatus(line) ?? throw BadLine(number, "Bad or missing status line");
            }
            else
            {
                MapBlock block = ParseBlock(line) ?? throw BadLine(number, "Bad block line in list");
                if (!loose && blocks.Count > 0 && block.Position != blocks[^1].End)
                {
                    throw BadLine(number, "Blocks are not contiguous");
                }

                blocks.Add(block);
            }
        }

        return (status ?? new()) with { Heading = heading, Blocks = loose ? InOrder(blocks) : blocks };
    }

    private static RescueMapFile? ParseStatus(LineScanner line)
    {
        if (!line.TryReadNumber(out long position) || position < 0
            || !line.TryReadCharacter(out char status) || !Enum.IsDefined((RescueStatus)status))
        {
            return null;
        }

        // Before ddrescue 1.22 there was no pass: none means the first.
        int pass = line.TryReadDecimal(out int read) ? read : 1;
        return pass < 1 ? null : new() { CurrentPosition = position, CurrentStatus = (RescueStatus)status, CurrentPass = pass };
    }

    private static MapBlock? ParseBlock(LineScanner line)
    {
        if (!line.TryReadNumber(out long position) || position < 0
            || !line.TryReadNumber(out long size) || size < 0 || (size == 0 && position != 0) || size > long.MaxValue - position
            || !line.TryReadCharacter(out char state) || !SectorStates.IsState(state))
        {
            return null;
        }

        return new(position, size, (SectorState)state);
    }

    private static List<MapBlock> InOrder(List<MapBlock> blocks)
    {
        List<MapBlock> ordered = [];
        foreach (MapBlock block in blocks.OrderBy(block => block.Position))
        {
            long end = ordered.Count > 0 ? ordered[^1].End : block.Position;
            if (block.Position > end)
            {
                ordered.Add(new(end, block.Position - end, SectorState.NonTried));
            }
            else if (block.Position < end && block.State != ordered[^1].State)
            {
                throw new OperationFailedException(new(
                    "bad-map", string.Create(CultureInfo.InvariantCulture, $"two blocks of the map overlap at byte {block.Position} and differ in state")));
            }

            if (block.End > end || block.Size == 0)
            {
                long start = Math.Max(block.Position, end);
                ordered.Add(new(start, block.End - start, block.State));
            }
        }

        return ordered;
    }

    private static OperationFailedException BadLine(int number, string what) => new(new(
        "bad-map",
        string.Create(CultureInfo.InvariantCulture, $"line {number} of the map: {what}"),
        "the file is no ddrescue map, or was cut off or edited; an older copy of it may be whole"));
}
