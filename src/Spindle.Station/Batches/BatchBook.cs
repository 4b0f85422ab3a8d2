// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Station.Batches;

/// <summary>What has come of a batch up to now: <c>batch.json</c>, written whole at each step before that begins, and <c>manifest.csv</c>, for people.</summary>
/// <remarks>Thread-safe: each drive works on rows of its own.</remarks>
internal sealed class BatchBook
{
    private static readonly string[] Columns =
    [
        "row", "slot", "name", "state", "result", "volume", "expect", "identity", "same_as", "image", "sha256", "bytes", "unreadable_sectors", "device", "at", "code", "detail", "begun", "ended", "notes",
    ];

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly List<BatchRow> _rows;

    private BatchBook(string directory, List<BatchRow> rows) => (_path, Manifest, _rows) = (Path.Combine(directory, "batch.json"), Path.Combine(directory, "manifest.csv"), rows);

    /// <summary>The table.</summary>
    public string Manifest { get; }

    /// <summary>The rows, as they are now.</summary>
    public IReadOnlyList<BatchRow> Rows
    {
        get
        {
            lock (_lock)
            {
                return [.. _rows];
            }
        }
    }

    /// <summary>Whether a folder has a batch that was begun.</summary>
    public static bool IsIn(string directory) => File.Exists(Path.Combine(directory, "batch.json"));

    /// <summary>Begins one.</summary>
    public static BatchBook Begin(string directory, IReadOnlyList<FormRow> form)
    {
        BatchBook book = new(directory, [.. form.Select((row, at) => new BatchRow { Number = at + 1, Slot = row.Slot, Name = row.Name, Expect = row.Expect, Notes = row.Notes })]);
        book.Store();
        book.WriteManifest();
        return book;
    }

    /// <summary>Goes on with one.</summary>
    /// <param name="directory">Its folder.</param>
    /// <param name="form">The list; null where it is not given again.</param>
    /// <exception cref="OperationFailedException"><c>batch-unreadable</c>; <c>another-batch</c>: the list is another one.</exception>
    public static BatchBook GoOn(string directory, IReadOnlyList<FormRow>? form)
    {
        string path = Path.Combine(directory, "batch.json");
        BatchFile file;
        try
        {
            file = JsonSerializer.Deserialize(File.ReadAllBytes(path), BatchJson.Form.BatchFile) ?? throw new JsonException("it is null");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new OperationFailedException(new("batch-unreadable", $"what has come of the batch, in {path}, can't be read: {e.Message}", "manifest.csv beside it tells of each disc; give another --dir, and a list of those that are left"), e);
        }

        BatchBook book = new(directory, [.. file.Rows]);
        return form is null || form.SequenceEqual(file.Rows.Select(row => new FormRow(row.Slot, row.Name, row.Expect, row.Notes))) ? book
            : throw new OperationFailedException(new("another-batch", $"the batch in {directory} was begun with another list", "give the list that it was begun with, or another --dir"));
    }

    /// <summary>Enters what a row is now.</summary>
    public BatchRow Set(BatchRow row)
    {
        lock (_lock)
        {
            _rows[row.Number - 1] = row;
            Store();
            if (row.IsOver)
            {
                WriteManifest();
            }

            return row;
        }
    }

    /// <summary>Takes the next row whose turn has not come.</summary>
    /// <param name="drive">The robot's drive that it goes into.</param>
    /// <param name="device">Its device.</param>
    public BatchRow? Take(string drive, string device)
    {
        lock (_lock)
        {
            return _rows.FirstOrDefault(row => row.State == RowState.Queued) is { } next ? Set(next with { State = RowState.Loading, Drive = drive, Device = device }) : null;
        }
    }

    /// <summary>How many came to what.</summary>
    public BatchCounts Count()
    {
        lock (_lock)
        {
            int Of(params RowState[] states) => _rows.Count(row => states.Contains(row.State));
            return new(_rows.Count, Of(RowState.Done), Of(RowState.Rejected), Of(RowState.Loading, RowState.InDrive, RowState.Reading, RowState.Unloading), Of(RowState.Queued));
        }
    }

    /// <summary>Writes the table anew.</summary>
    public void WriteManifest() => WholeFile.Write(Manifest, stream =>
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        writer.WriteLine(string.Join(',', Columns));
        foreach (BatchRow row in Rows)
        {
            string?[] cells =
            [
                Text(row.Number), row.Slot, row.Name, JsonForm.Word(row.State), row.Result, row.Volume, row.Expect, row.Identity, Text(row.SameAs), row.Image, row.Sha256, Text(row.Bytes), Text(row.Unreadable),
                row.Device, row.At, row.Error?.Code, row.Error?.What, Text(row.Begun), Text(row.Ended), row.Notes,
            ];
            writer.WriteLine(string.Join(',', cells.Select(CsvCell.Of)));
        }
    });

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Text(DateTimeOffset? time) => time?.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture);

    private void Store() => WholeFile.Write(_path, stream => JsonSerializer.Serialize(stream, new BatchFile(_rows), BatchJson.Form.BatchFile));
}

/// <summary>The file of a batch.</summary>
/// <param name="Rows">A row for each disc.</param>
internal sealed record BatchFile(IReadOnlyList<BatchRow> Rows)
{
    /// <summary>Of what form it is.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "spindle/batch-state/1";
}
