// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Service.Titles;

/// <summary>What discs are called, by their call numbers: a table that the catalogue of a library exports (CSV, RFC 4180; with tabs where its name ends with <c>.tsv</c>). The first
/// column is the call number, the second the title; further ones are left alone.</summary>
public sealed class TitleList
{
    private const long LongestFile = 64 << 20; // bytes
    private const int LongestTitle = 1000; // characters

    private readonly Lock _lock = new();
    private readonly string _path;
    private Dictionary<string, string> _titles = [];
    private (DateTime Written, long Length) _read;

    private TitleList(string path) => _path = path;

    /// <summary>Opens a list.</summary>
    /// <param name="path">The file, in UTF-8. It is read again when it was changed.</param>
    /// <exception cref="OperationFailedException"><c>titles-unreadable</c>.</exception>
    public static TitleList Open(string path)
    {
        TitleList list = new(path);
        list.Find(""); // that it can't be read is said now, and not to the first who looks a title up
        return list;
    }

    /// <summary>The title of a call number; null where the list has none. Capital and small letters, and spaces around it, make no difference.</summary>
    /// <exception cref="OperationFailedException"><c>titles-unreadable</c>.</exception>
    public string? Find(string identifier)
    {
        lock (_lock)
        {
            try
            {
                FileInfo file = new(_path);
                (DateTime, long) now = (file.LastWriteTimeUtc, file.Length);
                if (now != _read)
                {
                    _titles = file.Length <= LongestFile ? Read(_path) : throw new IOException($"it has more than {Figures.Size(LongestFile)}");
                    _read = now;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new OperationFailedException(new("titles-unreadable", $"the list of titles {_path} can't be read: {e.Message}", "mend it, or start the service without --titles; titles can be typed in"), e);
            }

            return _titles.GetValueOrDefault(identifier.Trim());
        }
    }

    private static Dictionary<string, string> Read(string path)
    {
        char separator = path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : ',';
        Dictionary<string, string> titles = new(StringComparer.OrdinalIgnoreCase);
        using StreamReader reader = new(path, Encoding.UTF8);
        List<string> cells = [];
        while (CsvRecord.Read(reader, separator, cells))
        {
            if (cells is [var identifier, var title, ..] && identifier.Trim() is { Length: > 0 } key && title.Trim() is { Length: > 0 and <= LongestTitle } called)
            {
                titles.TryAdd(key, called); // of two, the first
            }
        }

        return titles;
    }
}
