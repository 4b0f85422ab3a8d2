// SPDX-License-Identifier: MIT
using Spindle.Formats.Bluray;
using Spindle.Formats.DvdVideo;
using Spindle.Formats.Holdings;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Imaging.AccessCopies;

/// <summary>What is to be copied of one image: what it has is looked at, and no film is read.</summary>
/// <param name="Image">The image.</param>
/// <param name="Copies">The copies to be made of it, in order.</param>
/// <param name="Verdict">Why there are none; null where there are.</param>
internal sealed record AccessPlan(ImageOfDisc Image, IReadOnlyList<PlannedCopy> Copies, AccessVerdict? Verdict)
{
    /// <summary>Looks at an image.</summary>
    /// <param name="image">It.</param>
    /// <param name="settings">How copies are made.</param>
    /// <param name="folder">Where they are put.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static AccessPlan Of(ImageOfDisc image, AccessSettings settings, string folder, CancellationToken cancellationToken)
    {
        string name = Path.GetFileNameWithoutExtension(image.Path);
        try
        {
            using DiscSource source = DiscSource.Open(image.Path, SourceChoice.Whole with { Stop = cancellationToken });
            if (source.IsDevice)
            {
                return new(image, [], new(AccessState.Failed, "it is a drive or a disc in one: copies are made of images", "'spindle image' makes one", new(folder, name, settings.Ending)));
            }

            if (Volume.Open(source.Reader) is not { } volume)
            {
                return Without(AccessState.Skipped, "it holds no file system that is known");
            }

            if (DvdVideoDisc.Read(volume) is not { } disc)
            {
                PlayerContents players = PlayerContents.Read(volume);
                return players.DvdVr is { } recorder && DvdFilm.OfRecordings(volume, [.. recorder.Programs.Select(program => program.Duration)]) is { } recordings
                    ? With(recorder.Label ?? volume.VolumeIdentifier, [new DvdFeature(recordings)])
                    : players.Bluray is { IsEncrypted: true } ? Without(AccessState.Refused, AccessVerdict.Encrypted)
                    : players.Bluray is { } bluray && BlurayFilm.Of(volume, bluray, settings.ByTitle) is { Count: > 0 } playlists
                    ? With(volume.VolumeIdentifier, [.. playlists.Select(playlist => new BlurayFeature(playlist))])
                    : Without(AccessState.Skipped, WhyNoFilm(players));
            }

            if (disc.IsScrambled == true)
            {
                return Without(AccessState.Refused, AccessVerdict.Scrambled);
            }

            IReadOnlyList<DvdFilm> films = settings.ByTitle ? DvdFilm.OfTitles(volume) : DvdFilm.OfTitleSets(volume);
            return films.Count == 0
                ? Without(AccessState.Skipped, "its DVD-Video has menus only: no title has a film")
                : With(volume.VolumeIdentifier, [.. films.Select(film => new DvdFeature(film))]);
        }
        catch (OperationFailedException e)
        {
            return new(image, [], new(AccessState.Failed, e.Failure.What, e.Failure.Hint, new(folder, name, settings.Ending)));
        }

        AccessPlan Without(AccessState state, string detail) => new(image, [], new(state, detail, null, new(folder, name, settings.Ending)));

        AccessPlan With(string disc, IReadOnlyList<Film> films)
        {
            // What is looked for first has the image's name: on a DVD the first one, on a Blu-ray Disc, which has no order, the longest.
            Film first = films[0] is BlurayFeature ? films.MaxBy(film => film.Duration)! : films[0];
            return new(image, [.. films.Select(film => new PlannedCopy(image, film, new(folder, name + film.Suffix(film == first, settings.ByTitle), settings.Ending)) { Disc = disc })], null);
        }
    }

    private static string WhyNoFilm(PlayerContents players) => players switch
    {
        { Bluray: not null } => "it is a Blu-ray Disc without a playlist that plays anything",
        { DvdVr: not null } => "it is a DVD-VR without recordings",
        { DvdAudio: not null } => "it is a DVD-Audio",
        { VideoCd: not null } => "it is a Video CD, of which no copies are made",
        { PhotoCd: not null } => "it is a Photo CD",
        _ => "it is no DVD-Video and no Blu-ray Disc",
    };
}

/// <summary>An image of which copies are made.</summary>
/// <param name="Path">It, as an absolute path.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">When it was last written.</param>
/// <param name="Uuid">The run that made it, as its manifest says; null where none does.</param>
/// <param name="Claim">Its SHA-256 as a record has it, and the record's name; null where none does.</param>
internal sealed record ImageOfDisc(string Path, long Size, DateTimeOffset Modified, string? Uuid, (string Sha256, string Record)? Claim);

/// <summary>A copy that is to be made.</summary>
/// <param name="Image">Of which image.</param>
/// <param name="Film">Of which film of it.</param>
/// <param name="Paths">Where everything about it is written.</param>
internal sealed record PlannedCopy(ImageOfDisc Image, Film Film, AccessPaths Paths)
{
    /// <summary>The disc's name.</summary>
    public required string Disc { get; init; }
}

/// <summary>Why there is no copy.</summary>
/// <param name="State">What that means.</param>
/// <param name="Detail">In a sentence.</param>
/// <param name="Hint">What can be done; null for nothing.</param>
/// <param name="Paths">Where the record of it is written.</param>
internal sealed record AccessVerdict(AccessState State, string Detail, string? Hint, AccessPaths Paths)
{
    /// <summary>Said of encrypted clips.</summary>
    public const string Encrypted = "its clips are encrypted (AACS), and Spindle does not decrypt: there is no copy of them";

    /// <summary>Said of scrambled films.</summary>
    public const string Scrambled = "its films are scrambled (CSS, CPRM), and Spindle does not decrypt: there is no copy of them";
}
