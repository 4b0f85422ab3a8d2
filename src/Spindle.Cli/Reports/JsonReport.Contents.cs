// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Contents;
using Spindle.Imaging.Extracting;
using Spindle.Media;

namespace Spindle.Cli.Reports;

/// <summary>What is on a disc, for programs. Written while it is read: the document may be larger than memory.</summary>
internal sealed partial class JsonReport
{
    private const int BytesHeld = 64 * 1024;

    public void Listed(Volume volume, IEnumerable<VolumeEntry> entries, bool isLong, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> buffer = new(2 * BytesHeld);
        using Utf8JsonWriter writer = new(buffer, new() { Indented = true, Encoder = Options.Encoder });

        // Read before anything is written: what can't be listed at all must leave one document, the error.
        using IEnumerator<VolumeEntry> entry = entries.GetEnumerator();
        bool hasEntry = entry.MoveNext();
        writer.WriteStartObject();
        writer.WriteString("schema", $"spindle/{command}/1");
        writer.WriteString("view", volume.View.ToString().ToLowerInvariant());
        writer.WriteString("volumeIdentifier", volume.VolumeIdentifier);
        writer.WriteStartArray("entries");
        try
        {
            for (; hasEntry; hasEntry = entry.MoveNext())
            {
                cancellationToken.ThrowIfCancellationRequested();
                Write(writer, entry.Current);
                if (writer.BytesPending + buffer.WrittenCount >= BytesHeld)
                {
                    writer.Flush();
                    Drain(buffer);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or OperationFailedException { Failure.Code: not "output-failed" })
        {
            // What was written can't be taken back: the error becomes the end of the same document.
            writer.WriteEndArray();
            writer.WritePropertyName("error");
            FailureOf((e as OperationFailedException)?.Failure ?? Stopped.Of(command)).WriteTo(writer);
            End(writer, buffer);
            _hasToldFailure = true;
            throw;
        }

        writer.WriteEndArray();
        if (Incompleteness.Of(volume) is { } missing)
        {
            writer.WritePropertyName("missing");
            FailureOf(missing).WriteTo(writer);
        }

        writer.WriteStartArray("warnings");
        if (volume.Richer is not null)
        {
            FailureOf(Incompleteness.OfOtherTrees(volume).First()).WriteTo(writer);
        }

        if (Incompleteness.OfNames(volume) is { } names)
        {
            FailureOf(names).WriteTo(writer);
        }

        writer.WriteEndArray();
        End(writer, buffer);
    }

    private void End(Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer)
    {
        writer.WriteEndObject();
        writer.Flush();
        Drain(buffer);
        terminal.Output.WriteLine();
    }

    public void Drawn(Volume volume, DateTimeOffset now) => Listed(volume, volume.Walk(), isLong: true, CancellationToken.None);

    public void Extracted(ExtractionResult result) => Write(new()
    {
        ["files"] = result.Files,
        ["directories"] = result.Directories,
        ["symlinks"] = result.Symlinks,
        ["forks"] = result.Forks,
        ["forksLeftOut"] = result.ForksLeftOut,
        ["bytes"] = result.Bytes,
        ["damaged"] = new JsonArray([.. result.Damaged.Select(file => new JsonObject { ["path"] = file.Path, ["bytesMissing"] = file.BytesMissing })]),
        ["skipped"] = new JsonArray([.. result.Skipped.Select(FailureOf)]),
        ["warnings"] = new JsonArray([.. result.Warnings.Select(FailureOf)]),
    });

    private static void Write(Utf8JsonWriter writer, VolumeEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("path", entry.Path);
        writer.WriteString("type", entry.Type.ToString().ToLowerInvariant());
        writer.WriteNumber("size", entry.Size);
        Number(writer, "mode", entry.Mode);
        Number(writer, "uid", entry.Uid);
        Number(writer, "gid", entry.Gid);
        Text(writer, "modified", entry.Modified?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture));
        Text(writer, "target", entry.Target);
        if (entry.IsDescriptionLost)
        {
            writer.WriteBoolean("descriptionLost", true);
        }

        if (entry.ResourceForkSize > 0)
        {
            writer.WriteNumber("resourceForkSize", entry.ResourceForkSize);
        }

        if (entry.IsSystemCompressed)
        {
            writer.WriteBoolean("systemCompressed", true);
        }

        if (entry.Streams.Count > 0)
        {
            writer.WriteStartArray("streams");
            foreach (NamedStream stream in entry.Streams)
            {
                writer.WriteStartObject();
                writer.WriteString("name", stream.Name);
                writer.WriteNumber("size", stream.Size);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (entry.AreStreamsLost)
        {
            writer.WriteBoolean("streamsLost", true);
        }

        writer.WriteStartArray("extents");
        foreach (Extent extent in entry.Extents)
        {
            writer.WriteStartObject();
            writer.WriteNumber("lba", extent.Lba);
            writer.WriteNumber("length", extent.Length);
            if (extent.Kind == ExtentKind.Hole)
            {
                writer.WriteBoolean("hole", true);
            }
            else if (extent.Kind == ExtentKind.Unknown)
            {
                writer.WriteBoolean("unknown", true);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is null)
        {
            writer.WriteNull(name);
        }
        else
        {
            writer.WriteString(name, value);
        }
    }

    private void Drain(ArrayBufferWriter<byte> buffer)
    {
        terminal.Output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        buffer.ResetWrittenCount();
    }
}
