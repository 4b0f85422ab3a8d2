// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Formats.Names;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Contents;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Contents;

/// <summary>Which tree of which disc is looked into.</summary>
public sealed record DiscChoice
{
    /// <summary>The drive, block device or image file.</summary>
    public required string Source { get; init; }

    /// <summary>Which session of the disc, from 1; null for the last one, as the system does.</summary>
    public int? Session { get; init; }

    /// <summary>The session by its first sector, where sessions are not found; at most one of this and <see cref="Session"/>.</summary>
    public long? SessionStart { get; init; }

    /// <summary>First sector of the disc that is in the image, where it is an image of a later session; null for what the source itself says.</summary>
    public long? Offset { get; init; }

    /// <summary>Which tree; null for the best one.</summary>
    [JsonConverter(typeof(JsonForm.Names<VolumeView>))]
    public VolumeView? View { get; init; }

    /// <summary>The image's map; null for the one beside it, <see cref="SourceChoice.NoMap"/> for none.</summary>
    public string? Map { get; init; }

    /// <summary>The charset of names that are not UTF-8 (see <see cref="Charsets"/>); null for UTF-8 or Latin-1.</summary>
    public string? Charset { get; init; }

    /// <summary>What is asked of the source.</summary>
    /// <exception cref="OperationFailedException"><c>usage</c>: it makes no sense.</exception>
    internal SourceChoice ToSourceChoice(CancellationToken cancellationToken) =>
        Session is < 1 ? throw Usage.Error("--session is less than 1", "sessions are counted from 1")
        : Session is not null && SessionStart is not null ? throw Usage.Error("--session and --session-start name the same thing", "give one of them")
        : SessionStart is < 0 or > Usage.LastSector ? throw Usage.Error($"--session-start is no sector of a disc: {SessionStart}", $"from 0 to {Usage.LastSector}")
        : Offset is < 0 or > Usage.LastSector ? throw Usage.Error($"--offset is no sector of a disc: {Offset}", $"from 0 to {Usage.LastSector}")
        : new(Session, IsAlone: false) { Map = Map, Stop = cancellationToken };

    /// <summary>How the tree is opened.</summary>
    /// <exception cref="OperationFailedException"><c>usage</c>: there is no such charset.</exception>
    internal VolumeOptions ToVolumeOptions(VolumeOptions own) => new()
    {
        View = View,
        MediumStart = Offset ?? own.MediumStart,
        Charset = Usage.Charset(Charset),

        // Where an image of a later session is placed, what was found in it was counted from elsewhere.
        SessionStart = SessionStart ?? (Offset is null ? own.SessionStart : null),
        SessionEnd = Offset is not null || SessionStart is not null ? null : own.SessionEnd,
    };
}

/// <summary>A tree of a disc that is open.</summary>
internal sealed class OpenedDisc : IDisposable
{
    private readonly DiscSource _source;

    private OpenedDisc(DiscSource source, Volume volume) => (_source, Volume) = (source, volume);

    public Volume Volume { get; }

    /// <summary>Opens what is chosen.</summary>
    /// <exception cref="OperationFailedException">There is nothing, or it can't be read, or has no such session or tree.</exception>
    public static OpenedDisc Open(DiscChoice choice, CancellationToken cancellationToken)
    {
        DiscSource source = DiscSource.Open(choice.Source, choice.ToSourceChoice(cancellationToken));
        try
        {
            VolumeOptions options = choice.ToVolumeOptions(source.VolumeOptions);
            return new(source, Volume.Open(source.Reader, options)
                ?? throw new OperationFailedException(UnknownContents.Of(source.Reader, options.View?.ToString().ToLowerInvariant())));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public void Dispose() => _source.Dispose();
}
