// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Files;
using Spindle.Imaging.Hashing;
using Spindle.Media;

namespace Spindle.Station.Auditing;

/// <summary>The table of an audit: comma-separated values (RFC 4180) in UTF-8, a line for each image, stored as soon as it is known, so that a stopped audit can be gone on with.</summary>
internal sealed class AuditTable : IDisposable
{
    private static readonly string Heading = string.Join(',', (string[])
    [
        "state", "image", "record", "size", "run_id", .. HashKind.All.SelectMany(kind => (string[])[$"{kind.Name}_expected", $"{kind.Name}_found"]), "detail", "hint", "seconds", "time",
    ]);

    private static readonly int Columns = Heading.Split(',').Length;

    private readonly FileStream _file;

    private AuditTable(string path, FileStream file) => (Path, _file) = (path, file);

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>Begins a table.</summary>
    /// <exception cref="OperationFailedException"><c>already-exists</c>, <c>no-space</c>, <c>target-denied</c>, <c>target-failed</c>.</exception>
    public static AuditTable Begin(string path, bool overwrites)
    {
        path = System.IO.Path.GetFullPath(path);
        if (File.Exists(path) && !overwrites)
        {
            throw new OperationFailedException(new("already-exists", $"there is a file {path}", "--resume goes on with the audit that it is of, --overwrite begins anew; or give another name"));
        }

        AuditTable table = new(path, TargetFailure.Told(path, () => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read)));
        table.Write(Heading);
        return table;
    }

    /// <summary>Goes on with one: a line that was cut off is taken away.</summary>
    /// <param name="path">The table; one that is not there is begun.</param>
    /// <param name="remember">Told of each image that it has: what killed the last audit may have kept it from being remembered elsewhere.</param>
    /// <returns>The table, and which images and records it has.</returns>
    /// <exception cref="OperationFailedException"><c>not-a-table</c>: it is none of an audit. Else as for <see cref="Begin"/>.</exception>
    public static (AuditTable Table, IReadOnlySet<string> Done) GoOn(string path, Action<AuditTableRow>? remember = null)
    {
        path = System.IO.Path.GetFullPath(path);
        if (!File.Exists(path))
        {
            return (Begin(path, overwrites: false), new HashSet<string>());
        }

        HashSet<string> done = new(StringComparer.Ordinal);
        FileStream file = TargetFailure.Told(path, () => new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read));
        try
        {
            long whole = 0;
            foreach ((string line, long end) in Lines(file))
            {
                if (whole == 0 && line != Heading)
                {
                    throw new OperationFailedException(new("not-a-table", $"{path} is no table of an audit", "give another name, or leave --resume out"));
                }

                whole = end;
                List<string> fields = Fields(line);
                done.Add(fields.ElementAtOrDefault(1) is { Length: > 0 } image ? image : fields.ElementAtOrDefault(2)?.Split('|')[0] ?? "");
                if (remember is not null && fields.Count == Columns && fields[1].Length > 0 && !fields[1].Contains("\\x", StringComparison.Ordinal) && DateTimeOffset.TryParse(fields[^1], CultureInfo.InvariantCulture, out DateTimeOffset at))
                {
                    remember(new(fields[0], fields[1], fields[2].Split('|'), fields[^4], at));
                }
            }

            file.SetLength(whole);
            file.Position = whole;
            AuditTable table = new(path, file);
            if (whole == 0)
            {
                table.Write(Heading);
            }

            return (table, done);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds an image.</summary>
    /// <exception cref="OperationFailedException">As for <see cref="Begin"/>.</exception>
    public void Add(AuditedImagePart image) => Write(string.Join(',', ((string?[])
    [
        JsonForm.Word(image.State),
        image.Image,
        string.Join('|', image.Records),
        image.Size?.ToString(CultureInfo.InvariantCulture),
        image.RunId,
        .. HashKind.All.SelectMany(kind => image.Hashes.GetValueOrDefault(kind.Name) is { } hash ? (string?[])[hash.Expected, hash.Found] : [null, null]),
        image.Detail,
        image.Hint,
        image.Seconds.ToString("F3", CultureInfo.InvariantCulture),
        image.Time.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
    ]).Select(Field)));

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Write(string line) => TargetFailure.Told(Path, () =>
    {
        _file.Write(Encoding.UTF8.GetBytes(line + "\r\n"));
        _file.Flush();
        return true;
    });

    /// <summary>A line is a row: control characters of names are written as <c>\x0A</c>.</summary>
    private static string Field(string? text) =>
        CsvCell.Of(string.Concat((text ?? "").Select(c => char.IsControl(c) ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}") : c.ToString())));

    private static List<string> Fields(string line)
    {
        List<string> fields = [];
        for (int at = 0; at <= line.Length; at++)
        {
            StringBuilder field = new();
            bool isQuoted = at < line.Length && line[at] == '"';
            for (at += isQuoted ? 1 : 0; at < line.Length && (isQuoted || line[at] != ','); at++)
            {
                if (isQuoted && line[at] == '"')
                {
                    if (at + 1 < line.Length && line[at + 1] == '"')
                    {
                        at++;
                    }
                    else
                    {
                        isQuoted = false;
                        continue;
                    }
                }

                field.Append(line[at]);
            }

            fields.Add(field.ToString());
        }

        return fields;
    }

    /// <summary>Whole lines, each with where it ends in the file.</summary>
    private static IEnumerable<(string Line, long End)> Lines(FileStream file)
    {
        byte[] piece = new byte[64 * 1024];
        using MemoryStream line = new();
        long end = 0;
        for (int read; (read = file.Read(piece)) > 0;)
        {
            foreach (byte one in piece.AsSpan(0, read).ToArray())
            {
                end++;
                if (one != '\n')
                {
                    line.WriteByte(one);
                    continue;
                }

                yield return (Encoding.UTF8.GetString(line.ToArray()).TrimEnd('\r'), end);
                line.SetLength(0);
            }
        }
    }
}

/// <summary>A line of a table.</summary>
/// <param name="State">What came of it, in one word.</param>
/// <param name="Image">Its absolute path.</param>
/// <param name="Records">Where that is written.</param>
/// <param name="Detail">The same in words.</param>
/// <param name="At">When.</param>
internal sealed record AuditTableRow(string State, string Image, IReadOnlyList<string> Records, string Detail, DateTimeOffset At);
