// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files;
using Spindle.Formats.Films;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Sources;
using Spindle.Media;
using StoredImage = Spindle.Imaging.Auditing.StoredImage;
using StoredReading = Spindle.Imaging.Auditing.StoredReading;

namespace Spindle.Imaging.AccessCopies;

/// <summary>Makes one access copy: under another name, until all of it was decoded and held against what the disc says.</summary>
/// <param name="programs">Those of ffmpeg.</param>
/// <param name="settings">How.</param>
/// <param name="time">The clock.</param>
internal sealed class AccessCopier(FfmpegPrograms programs, AccessSettings settings, TimeProvider time)
{
    /// <summary>Makes it.</summary>
    /// <param name="planned">Which.</param>
    /// <param name="hash">Gives the image's SHA-256, and who says so; null where not all of it can be read.</param>
    /// <param name="progress">Told how far ffmpeg is, and what it does.</param>
    /// <param name="cancellationToken">Stops it; what was made of it is taken away.</param>
    /// <exception cref="OperationFailedException">The image can't be read, or nothing can be written there.</exception>
    public async Task<AccessCopy> MakeAsync(
        PlannedCopy planned, Func<CancellationToken, Task<(string? Sha256, string? From)>> hash, Action<string, FfmpegProgress> progress, CancellationToken cancellationToken)
    {
        AccessPaths paths = planned.Paths;
        DateTimeOffset started = time.GetLocalNow();
        AccessAttempt attempt = new() { Record = RecordOf(planned, started) };
        try
        {
            TargetFailure.Told(paths.Folder, () => Directory.CreateDirectory(paths.Folder));
            Clear(paths);
            bool isMade;
            using (PartFile log = Create(paths.LogPart))
            {
                isMade = await CopyAsync(planned, attempt, log, progress, cancellationToken) && await ProveAsync(planned, attempt, log, progress, cancellationToken);
                log.Flush(flushToDisk: true);
            }

            if (isMade)
            {
                (string? sha256, string? from) = await hash(cancellationToken);
                await FinishAsync(planned, attempt, sha256, from, progress, cancellationToken);
            }
            else
            {
                KeepEvidence(planned, attempt);
            }
        }
        finally
        {
            Clear(paths);
        }

        AccessRecord record = attempt.Record;
        return new()
        {
            State = record.State,
            Image = planned.Image.Path,
            Copy = record.Copy is null ? null : paths.Copy,
            Record = attempt.RecordPath,
            TitleSet = planned.Film.TitleSet,
            Playlist = planned.Film.Playlist,
            Titles = planned.Film.Titles,
            Detail = record.Detail,
            Hint = attempt.Hint,
            Warnings = record.Warnings,
            Unread = attempt.Unread,
            Expected = planned.Film.Duration,
            Duration = record.Copy?.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Size = record.Copy?.Size,
            Sha256 = record.Copy?.Sha256,
            Took = record.Finished - started,
            At = record.Finished,
        };
    }

    private async Task<bool> CopyAsync(PlannedCopy planned, AccessAttempt attempt, PartFile log, Action<string, FfmpegProgress> progress, CancellationToken cancellationToken)
    {
        AccessPaths paths = planned.Paths;
        using DiscSource source = DiscSource.Open(planned.Image.Path, SourceChoice.Whole with { Stop = cancellationToken });
        Volume volume = Volume.Open(source.Reader) ?? throw new OperationFailedException(new("no-file-system", $"{planned.Image.Path} holds no file system any more", "read it again, once nobody writes it"));
        FilmSurvey survey = FilmSurvey.Of(volume, planned.Film, cancellationToken);
        if (survey.IsScrambled)
        {
            attempt.Refuse(planned.Film.WhyRefused);
            return false;
        }

        attempt.Warn(planned.Film.Doubts);
        ProbedFile? probed = await ProbeAsync(volume, planned.Film, survey, cancellationToken);
        IReadOnlyList<ProbedStream> streams = FfmpegCommand.Choose(planned.Film, probed?.Streams ?? []);
        attempt.Record = attempt.Record with { Film = RecordedFilm.Of(planned.Film, survey, probed, streams) };
        if (streams is not [{ Kind: "video" }, ..])
        {
            return attempt.Fail("ffmpeg finds no pictures at the beginning of the film", "look at it with 'spindle inspect', and at the files in its folder VIDEO_TS");
        }

        attempt.Warn([.. attempt.Record.Film.Streams.Where(stream => !stream.Copied).Select(stream => $"stream {stream.Stream} of the film ({stream.Kind}) is not in the copy: ffmpeg finds nothing in it that it can decode")]);
        string text = FilmText.Of(planned.Disc, planned.Film.Chapters, planned.Film.Duration);
        TargetFailure.Told(paths.TextPart, () =>
        {
            File.WriteAllText(paths.TextPart, text, new UTF8Encoding(false));
            return true;
        });
        ProbedStream[] captions = settings.Subtitles ? [.. probed!.Streams.Where(stream => stream.Kind == FfmpegCommand.Captions && planned.Film.Subtitles.Any(track => track.Stream == stream.Id))] : [];
        IReadOnlyList<string> words = FfmpegCommand.Copy(settings, planned.Film, [.. streams, .. captions], survey.Head, paths.TextPart, paths.CopyPart, captions.Length > 0 ? paths.CaptionsPart : null);
        attempt.Record = attempt.Record with { Program = new(programs.Version, [programs.Ffmpeg, .. words]) };
        await log.WriteAsync(Encoding.UTF8.GetBytes($"{programs.Version}\n{programs.Ffmpeg} {string.Join(' ', words)}\n"), cancellationToken);
        using PartFile? packs = settings.Subtitles && planned.Film is DvdFeature ? Create(paths.PacksPart) : null;
        SubtitleFiles? subtitles = packs is null ? null : new(((DvdFeature)planned.Film).Disc, packs);
        using IFilmReader reader = planned.Film.Open(volume, subtitles is null ? null : subtitles.Take);
        FfmpegEnd end = await new FfmpegRun
        {
            Program = programs.Ffmpeg,
            Arguments = words,
            Feed = pipe => Feed(reader, pipe, cancellationToken),
            Log = log,
            Progress = at => progress("copying", at),
        }.RunAsync(cancellationToken);
        if (reader.IsScrambled)
        {
            attempt.Refuse(planned.Film.WhyRefused);
            return false;
        }

        attempt.Frames = end.Last.Frames;
        attempt.Unread = UnreadTimes.Of(reader.Lost);
        attempt.Subtitles = subtitles is not null && Keep(subtitles, paths) ? [(paths.SubPart, paths.Sub), (paths.IndexPart, paths.Index)]
            : captions.Any(stream => reader.Streams.ContainsKey(stream.Id)) ? [(paths.CaptionsPart, paths.Captions)]
            : [];
        attempt.Record = attempt.Record with { Film = attempt.Record.Film.WithSeen(reader.Streams.Keys), Unread = [.. attempt.Unread.Select(RecordedUnread.Of)] };
        return end.ExitCode != 0 ? attempt.Fail($"ffmpeg ended with {end.ExitCode}: {end.LastWords}", "its log tells more")
            : reader.Position < planned.Film.Sectors ? attempt.Fail($"ffmpeg read {reader.Position} of {planned.Film.Sectors} sectors of the film: {end.LastWords}", "its log tells more")
            : end.Last.Frames > 0 || attempt.Fail($"ffmpeg wrote no picture: {end.LastWords}", "its log tells more");
    }

    /// <summary>A copy is one only when all of it was decoded, and has what it should.</summary>
    private async Task<bool> ProveAsync(PlannedCopy planned, AccessAttempt attempt, PartFile log, Action<string, FfmpegProgress> progress, CancellationToken cancellationToken)
    {
        string part = planned.Paths.CopyPart;
        FfmpegEnd decoded = await new FfmpegRun { Program = programs.Ffmpeg, Arguments = FfmpegCommand.Decode(part), Log = log, Progress = at => progress("verifying", at) }.RunAsync(cancellationToken);
        if (decoded.ExitCode != 0 || decoded.Said.Trim().Length > 0)
        {
            return attempt.Fail($"the copy can't be decoded whole: {decoded.LastWords}", "its log tells more; try another --preset, or another ffmpeg");
        }

        if (decoded.Last.Frames != attempt.Frames)
        {
            return attempt.Fail($"of {attempt.Frames} pictures that were written, {decoded.Last.Frames} come out", "try again, perhaps with another ffmpeg");
        }

        FfmpegEnd asked = await new FfmpegRun { Program = programs.Ffprobe, Arguments = FfmpegCommand.Probe(part), Log = log }.RunAsync(cancellationToken);
        if (asked.ExitCode != 0 || ProbedFile.Read(asked.Output) is not { } found)
        {
            return attempt.Fail($"ffprobe can't read the copy: {asked.LastWords}", "its log tells more");
        }

        ProbedStream[] streams = [.. found.Streams.Where(stream => stream.Kind is "video" or "audio")];
        int wanted = attempt.Record.Film!.Streams.Count(stream => stream.Copied);
        if (streams.Length != wanted)
        {
            return attempt.Fail($"the copy has {streams.Length} streams of pictures and sound, and should have {wanted}", "its log tells more");
        }

        attempt.Streams = [.. streams.Select(stream => new RecordedCopyStream(stream.Kind, stream.Coding, stream.Language, Seconds(stream.Duration)))];
        attempt.Decoded = decoded.Last.Frames;
        attempt.Duration = found.Duration;
        attempt.Warn(PlayingTime.Doubts(planned.Film.Duration, found.Duration, streams));
        return true;
    }

    private async Task FinishAsync(PlannedCopy planned, AccessAttempt attempt, string? sha256, string? from, Action<string, FfmpegProgress> progress, CancellationToken cancellationToken)
    {
        AccessPaths paths = planned.Paths;
        progress("hashing", default);
        attempt.Warn(sha256 is null ? ["not all of the image could be read for its SHA-256"] : []);
        StoredReading reading = await new StoredImage().ReadAsync(paths.CopyPart, [HashKind.Md5, HashKind.Sha256], _ => { }, cancellationToken);
        int stills = await StillsAsync(planned, attempt, cancellationToken);
        (string Part, string Path)[] beside =
        [
            .. Enumerable.Range(1, stills).Select(number => (paths.StillPart(number), paths.Still(number))),
            .. attempt.Subtitles,
        ];
        attempt.Record = attempt.Record with
        {
            State = AccessState.Made,
            Detail = attempt.Unread.Count == 0 ? "all of it was decoded" : "all of it was decoded; the image lacks parts of it",
            Image = attempt.Record.Image with { Sha256 = sha256, Sha256From = from },
            Copy = new(Path.GetFileName(paths.Copy), reading.Length, Seconds(attempt.Duration), attempt.Frames, attempt.Decoded, attempt.Streams, reading.Hashes[HashKind.Md5], reading.Hashes[HashKind.Sha256], [.. beside.Select(file => Path.GetFileName(file.Path))]),
            Finished = time.GetLocalNow(),
        };

        TargetFailure.Told(paths.CopyPart, () =>
        {
            using FileStream copy = new(paths.CopyPart, FileMode.Open, FileAccess.ReadWrite);
            copy.Flush(flushToDisk: true);
            return true;
        });
        foreach ((string part, string path) in beside)
        {
            WholeFile.Rename(part, path);
        }

        // The record first: one that is killed in between leaves a record of a copy that is not there, and it is made again.
        WholeFile.Rename(paths.LogPart, paths.Log);
        WholeFile.Write(paths.Record, stream => stream.Write(attempt.Record.ToBytes()));
        WholeFile.Rename(paths.CopyPart, paths.Copy);
        attempt.RecordPath = paths.Record;
    }

    /// <summary>Pictures from all over the copy, the first and the last one not from its ends.</summary>
    private async Task<int> StillsAsync(PlannedCopy planned, AccessAttempt attempt, CancellationToken cancellationToken)
    {
        int made = 0;
        for (int number = 1; number <= settings.Stills && attempt.Duration is { } duration; number++)
        {
            string part = planned.Paths.StillPart(made + 1);
            FfmpegEnd end = await new FfmpegRun { Program = programs.Ffmpeg, Arguments = FfmpegCommand.Still(planned.Paths.CopyPart, duration * number / (settings.Stills + 1), part) }.RunAsync(cancellationToken);
            made += end.ExitCode == 0 && File.Exists(part) ? 1 : 0;
        }

        attempt.Warn(made < settings.Stills ? [$"{made} of {settings.Stills} pictures could be made"] : []);
        return made;
    }

    private async Task<ProbedFile?> ProbeAsync(Volume volume, Film film, FilmSurvey survey, CancellationToken cancellationToken)
    {
        using IFilmReader reader = film.Open(volume);
        FfmpegEnd end = await new FfmpegRun
        {
            Program = programs.Ffprobe,
            Arguments = FfmpegCommand.Probe(film, survey.Head),
            Feed = pipe => Feed(reader, pipe, cancellationToken, survey.Head),
        }.RunAsync(cancellationToken);
        return end.ExitCode == 0 ? ProbedFile.Read(end.Output) : null;
    }

    private static bool Keep(SubtitleFiles subtitles, AccessPaths paths)
    {
        using PartFile sub = Create(paths.SubPart), index = Create(paths.IndexPart);
        string? text = subtitles.Write(sub);
        index.Write(Encoding.UTF8.GetBytes(text ?? ""));
        return text is not null;
    }

    private static PartFile Create(string path) => TargetFailure.Told(path, () => new PartFile(path));

    private static void Feed(IFilmReader reader, Stream pipe, CancellationToken cancellationToken, long most = long.MaxValue)
    {
        byte[] piece = new byte[reader.LargestPiece];
        for (long fed = 0; fed < most && !reader.IsScrambled && reader.Read(piece) is { } length; fed += length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!reader.IsScrambled)
            {
                pipe.Write(piece, 0, length);
            }
        }
    }

    private AccessRecord RecordOf(PlannedCopy planned, DateTimeOffset started) => new()
    {
        State = AccessState.Failed,
        Detail = "",
        Image = new(Path.GetFileName(planned.Image.Path), planned.Image.Size, planned.Image.Modified, planned.Image.Uuid, planned.Image.Claim?.Sha256, planned.Image.Claim?.Record),
        Settings = RecordedSettings.Of(settings),
        Started = started,
        Finished = started,
    };

    /// <summary>What is known of an attempt that came to nothing stays, under a name of its own.</summary>
    private void KeepEvidence(PlannedCopy planned, AccessAttempt attempt)
    {
        attempt.Record = attempt.Record with { Finished = time.GetLocalNow() };
        (string record, string log) = planned.Paths.Failed(attempt.Record.Finished);
        record = attempt.Record.State == AccessState.Refused ? planned.Paths.Record : record;
        if (attempt.Record.State == AccessState.Failed)
        {
            WholeFile.Rename(planned.Paths.LogPart, log);
        }
        else if (File.Exists(planned.Paths.Copy))
        {
            return; // a good copy keeps its record
        }

        WholeFile.Write(record, stream => stream.Write(attempt.Record.ToBytes()));
        attempt.RecordPath = record;
    }

    private void Clear(AccessPaths paths)
    {
        foreach (string part in paths.Parts(settings.Stills))
        {
            TargetFailure.Told(part, () =>
            {
                if (File.Exists(part))
                {
                    File.Delete(part); // what a killed run's ffmpeg may still write to has no name any more
                }

                return true;
            });
        }
    }

    private static double? Seconds(TimeSpan? time) => time is { } known ? Math.Round(known.TotalSeconds, 3) : null;
}
