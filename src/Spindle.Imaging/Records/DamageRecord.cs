// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization;
using Spindle.Formats.Analysis;
using Spindle.Formats.Trees;
using Spindle.Media;

namespace Spindle.Imaging.Records;

/// <summary>What unreadable sectors mean for the files: <c>NAME_damage.json</c>, and what <c>spindle damage</c> tells.</summary>
public sealed record DamageRecord
{
    /// <summary>Which record it is.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "spindle/damage/1";

    /// <summary>Bytes of the medium that were not read.</summary>
    public required long BytesUnread { get; init; }

    /// <summary>Files and directories that were looked at, in all trees.</summary>
    public required long EntriesSeen { get; init; }

    /// <summary>Why more may be hit than is named; null where all names were read.</summary>
    public required string? Unknown { get; init; }

    /// <summary>Structures of the file systems that are hit, each with the part of it that is lost.</summary>
    public required IReadOnlyList<DamagedStructurePart> Structures { get; init; }

    /// <summary>Files and directories that are hit; a file that several trees share is named in the best of them.</summary>
    public required IReadOnlyList<DamagedEntryPart> Entries { get; init; }

    /// <summary>Tells of a report.</summary>
    public static DamageRecord Of(DamageReport report) => new()
    {
        BytesUnread = report.BytesUnread,
        EntriesSeen = report.EntriesSeen,
        Unknown = report.Unknown,
        Structures = [.. report.Structures.Select(structure => new DamagedStructurePart(structure.Name, structure.Extent.Position, structure.Extent.Lba, structure.Extent.Length))],
        Entries = [.. report.Entries.Select(DamagedEntryPart.Of)],
    };

    /// <summary>Writes it as one JSON document, ended by a line feed.</summary>
    public void Write(Stream stream)
    {
        JsonSerializer.Serialize(stream, this, DamageRecordJson.Form.DamageRecord);
        stream.WriteByte((byte)'\n');
    }
}

/// <summary>A structure of a file system that is hit.</summary>
/// <param name="Name">What it is, as its standard calls it.</param>
/// <param name="Position">Where the lost part of it begins, in bytes from the disc's begin.</param>
/// <param name="Lba">The same as a block of 2048 bytes.</param>
/// <param name="Length">Bytes of it that are lost.</param>
public sealed record DamagedStructurePart(string Name, long Position, long Lba, long Length);

/// <summary>A file or directory that is hit.</summary>
/// <param name="Path">Names as recorded.</param>
/// <param name="Type">What it is.</param>
/// <param name="View">In which tree it has this path.</param>
/// <param name="Size">Bytes of its content.</param>
/// <param name="BytesLost">The sum of what follows.</param>
/// <param name="Lost">Which bytes of its content are lost: positions in the file. Of a directory, of its structure.</param>
/// <param name="LostResourceFork">Which bytes of its resource fork are lost.</param>
/// <param name="LostStreams">Which of its named streams and extended attributes are lost.</param>
/// <param name="StreamsLost">Whether there are more of them, of which not even the names can be read.</param>
/// <param name="DescriptionLost">Whether what describes it is hit.</param>
public sealed record DamagedEntryPart(
    string Path,
    [property: JsonConverter(typeof(JsonForm.Names<EntryType>))] EntryType Type,
    [property: JsonConverter(typeof(JsonForm.Names<VolumeView>))] VolumeView View,
    long Size,
    long BytesLost,
    IReadOnlyList<LostBytesPart> Lost,
    IReadOnlyList<LostBytesPart> LostResourceFork,
    IReadOnlyList<LostStreamPart> LostStreams,
    bool StreamsLost,
    bool DescriptionLost)
{
    internal static DamagedEntryPart Of(DamagedEntry entry) => new(
        entry.Path,
        entry.Type,
        entry.View,
        entry.Size,
        entry.BytesLost,
        Ranges(entry.Lost),
        Ranges(entry.LostResourceFork),
        [.. entry.LostStreams.Select(stream => new LostStreamPart(stream.Name, Ranges(stream.Extents)))],
        entry.AreStreamsLost,
        entry.IsDescriptionHit);

    private static LostBytesPart[] Ranges(IReadOnlyList<Extent> ranges) => [.. ranges.Select(range => new LostBytesPart(range.Position, range.Length))];
}

/// <summary>Bytes that are lost.</summary>
/// <param name="Offset">The first one.</param>
/// <param name="Length">How many.</param>
public sealed record LostBytesPart(long Offset, long Length);

/// <summary>Something beside the content of a file that is lost.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Lost">Which bytes of it.</param>
public sealed record LostStreamPart(string Name, IReadOnlyList<LostBytesPart> Lost);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DamageRecord))]
internal sealed partial class DamageRecordJson : JsonSerializerContext
{
    public static DamageRecordJson Form { get; } = new(JsonForm.Options());
}
