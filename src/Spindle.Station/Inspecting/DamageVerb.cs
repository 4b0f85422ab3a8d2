// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Formats.Analysis;
using Spindle.Formats.MapFile;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Records;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Inspecting;

/// <summary><c>damage</c>: which files, directories and structures the unreadable sectors of an image touch.</summary>
public static class DamageVerb
{
    internal const string Name = "damage";

    /// <summary>The verb.</summary>
    public static Verb<DamageRequest, DamageDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = DamageJson.Form.DamageRequest,
        Document = DamageJson.Form.DamageDocument,
        RunAsync = (request, _, cancellationToken) => Task.FromResult(Find(request, cancellationToken)),
    };

    private static DamageDocument Find(DamageRequest request, CancellationToken cancellationToken)
    {
        if (request.Offset is < 0 or > Usage.LastSector)
        {
            throw Usage.Error($"--offset is no sector of a disc: {request.Offset}", $"from 0 to {Usage.LastSector}");
        }

        using DiscSource source = DiscSource.Open(request.Image, SourceChoice.Whole with { Map = SourceChoice.NoMap, Stop = cancellationToken }); // the one that is named
        SectorMap map = RescueMapFile.Read(request.Map).ToSectorMap(source.Reader.SectorSize, source.Reader.Length);
        DamageReport report = DamageReport.Of(source.Reader, map, new VolumeOptions { MediumStart = request.Offset });
        return new(DamageRecord.Of(report), map.IsFinished);
    }
}

/// <summary>Of which image damage is named.</summary>
/// <param name="Image">The image, or the disc.</param>
/// <param name="Map">Its map: ours, or GNU ddrescue's.</param>
/// <param name="Offset">First sector of the disc that is in the image, where it is an image of a later session.</param>
public sealed record DamageRequest(string Image, string Map, long Offset = 0);

/// <summary>What unreadable sectors mean for the files of a disc.</summary>
public sealed record DamageDocument : Document
{
    private readonly bool _isAllRead;

    internal DamageDocument(DamageRecord damage, bool isAllRead) => (Damage, _isAllRead) = (damage, isAllRead);

    /// <summary>Bytes of the medium that were not read.</summary>
    public long BytesUnread => Damage.BytesUnread;

    /// <summary>Files and directories that were looked at, in all trees.</summary>
    public long EntriesSeen => Damage.EntriesSeen;

    /// <summary>Why more may be hit than is named; null where all names were read.</summary>
    public string? Unknown => Damage.Unknown;

    /// <summary>Structures of the file systems that are hit, each with the part of it that is lost.</summary>
    public IReadOnlyList<DamagedStructurePart> Structures => Damage.Structures;

    /// <summary>Files and directories that are hit.</summary>
    public IReadOnlyList<DamagedEntryPart> Entries => Damage.Entries;

    /// <summary>The record of it, which images that are damaged have beside them.</summary>
    [JsonIgnore]
    public DamageRecord Damage { get; }

    /// <inheritdoc/>
    protected override Outcome Found => _isAllRead ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => DamageVerb.Name;
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DamageRequest))]
[JsonSerializable(typeof(DamageDocument))]
internal sealed partial class DamageJson : JsonSerializerContext
{
    public static DamageJson Form { get; } = new(JsonForm.Options());
}
