// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Formats.Trees;
using Spindle.Media;

namespace Spindle.Station.Contents;

/// <summary>A file, directory or other thing of a disc, as its tree describes it. What the tree does not say is null.</summary>
public readonly struct ListedEntry
{
    internal ListedEntry(VolumeEntry entry) => Entry = entry;

    /// <summary>Names from the root on, as recorded, each after a <c>/</c>.</summary>
    public string Path => Entry.Path;

    /// <summary>What it is.</summary>
    [JsonConverter(typeof(JsonForm.Names<EntryType>))]
    public EntryType Type => Entry.Type;

    /// <summary>Bytes of its content; of a directory, of its own structure.</summary>
    public long Size => Entry.Size;

    /// <summary>File type and permissions as in POSIX <c>st_mode</c>.</summary>
    public int? Mode => Entry.Mode;

    /// <summary>Number of the owner.</summary>
    public uint? Uid => Entry.Uid;

    /// <summary>Number of the owning group.</summary>
    public uint? Gid => Entry.Gid;

    /// <summary>When the content was last changed.</summary>
    [JsonConverter(typeof(JsonForm.ExactMoment))]
    public DateTimeOffset? Modified => Entry.Modified;

    /// <summary>Where a symbolic link leads, as recorded.</summary>
    public string? Target => Entry.Target;

    /// <summary>Whether a part of what describes it is lost: its name, what it is or where it lies may be something else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DescriptionLost => Entry.IsDescriptionLost;

    /// <summary>Bytes of the resource fork.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long ResourceForkSize => Entry.ResourceForkSize;

    /// <summary>Whether the content is stored compressed for macOS: what the extents hold is then not the file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SystemCompressed => Entry.IsSystemCompressed;

    /// <summary>Named streams and extended attributes beside the content; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StreamPart>? Streams => Entry.Streams.Count == 0 ? null : [.. Entry.Streams.Select(stream => new StreamPart(stream.Name, stream.Size))];

    /// <summary>Whether there are more of them, which can't be read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool StreamsLost => Entry.AreStreamsLost;

    /// <summary>Where the content lies, in order.</summary>
    public IEnumerable<ExtentPart> Extents => Entry.Extents.Select(extent => new ExtentPart(
        extent.Lba, extent.Length, extent.Kind == ExtentKind.Hole, extent.Kind == ExtentKind.Unknown));

    /// <summary>The entry itself, for those who list it in lines.</summary>
    [JsonIgnore]
    public VolumeEntry Entry { get; }
}

/// <summary>Something beside the content of a file.</summary>
/// <param name="Name">Its name, as recorded.</param>
/// <param name="Size">Bytes.</param>
public readonly record struct StreamPart(string Name, long Size);

/// <summary>A run of bytes of a file's content.</summary>
/// <param name="Lba">The block of 2048 bytes of the disc in which it begins.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Hole">Whether nothing is recorded there: it reads as zeros.</param>
/// <param name="Unknown">Whether there is something, and where it lies is not known.</param>
public readonly record struct ExtentPart(
    long Lba,
    long Length,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Hole,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Unknown);
