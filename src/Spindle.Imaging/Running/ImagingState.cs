// SPDX-License-Identifier: MIT
using Spindle.Formats.Analysis;
using Spindle.Formats.Holdings;
using Spindle.Formats.Images;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Copying;
using Spindle.Imaging.Files;
using Spindle.Imaging.Records;
using Spindle.Imaging.Rescuing;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>One imaging: what was decided before anything was touched, and what the steps have found since.</summary>
/// <remarks>Here is only what more than one step needs, or the record of a run that is stopped in the midst of one.</remarks>
internal sealed class ImagingState
{
    private readonly Guid _id = Guid.NewGuid();
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly List<RescuePass> _passes = [];

    /// <param name="request">What is asked for, with a name for the image.</param>
    /// <param name="paths">Where everything is written.</param>
    /// <param name="medium">What is known of the source, and how it is cut, with the length that is copied.</param>
    /// <param name="ports">What is worked with.</param>
    public ImagingState(ImagingRequest request, OutputPaths paths, (SourceDescription Source, MediumLayout Layout) medium, ImagingPorts ports)
    {
        _time = ports.Time;
        _start = _time.GetTimestamp();
        StartedAt = _time.GetLocalNow();
        Request = request;
        Paths = paths;
        (Source, Layout) = medium;
        Copy = new(ports.Files, paths, Layout) { Heading = MapHeading.For(request, StartedAt), ThisRun = ThisRun };
    }

    /// <summary>What is asked for, with a name for the image.</summary>
    public ImagingRequest Request { get; }

    /// <summary>Where everything is written.</summary>
    public OutputPaths Paths { get; }

    /// <summary>How the medium is cut.</summary>
    public MediumLayout Layout { get; }

    /// <summary>When the run began.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>How long it has taken, by a clock that nobody sets.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <summary>What is known of every sector, and what is saved of that.</summary>
    public CopyState Copy { get; }

    /// <summary>What is known of the source; <see cref="CopyJudge"/> may know more of its structure than the first look did.</summary>
    public SourceDescription Source { get; set; }

    /// <summary>The readings, in order: the first one is what the disc gave.</summary>
    public List<Reading> Readings { get; } = [];

    /// <summary>What keeps the image from being a success.</summary>
    public List<Failure> Concerns { get; } = [];

    /// <summary>What went wrong on the side.</summary>
    public List<Failure> Warnings { get; } = [];

    /// <summary>Sectors on which two readings disagree.</summary>
    public List<SectorRange> Differences { get; } = [];

    /// <summary>What the unreadable sectors are; nothing is known of them before the copy is judged.</summary>
    public Judgement Judgement { get; set; } = new();

    /// <summary>The structure of the image; null where it was not looked at.</summary>
    public DiscAnalysis? Analysis { get; set; }

    /// <summary>What the image holds; null where its structure was not looked at.</summary>
    public DiscHoldings? Holdings { get; set; }

    /// <summary>What the unreadable sectors belong to; null where there are none.</summary>
    public DamageReport? Damage { get; set; }

    /// <summary>How many sectors were tried in vain.</summary>
    public long UnreadableCount => Copy.Map.Total(SectorState.Bad) - Source.OffTrack.Sum(gap => gap.Count);

    /// <summary>Sectors that could not be read, and that data can be on.</summary>
    public IReadOnlyList<SectorRange> Unreadable => RunOut.DamageOf(Copy.Map, Judgement.RunOut, Judgement.OffTrack);

    /// <summary>How the trees of the image are opened, and their names read.</summary>
    public VolumeOptions NamedAs => Source.VolumeOptions with { Charset = Request.Charset };

    /// <summary>What progress tells of unreadable sectors.</summary>
    public static WorkTrouble? TroubleOf(long unreadable) => WorkTrouble.Of(unreadable, "sectors unreadable");

    /// <summary>The image, in which what was not read from the disc can't be read.</summary>
    public ISectorReader OpenContents(string path)
    {
        ImageFile image = ImageFile.Open(path, Layout.SectorSize);
        return Copy.Map.IsFinished ? image : new MappedSectors(image, Copy.Map, ownsImage: true);
    }

    /// <summary>A pass that goes on in what was begun before counts as one.</summary>
    public void NotePass(RescuePass pass)
    {
        if (_passes.Count > 0 && _passes[^1] is var last && (last.Phase, last.Number) == (pass.Phase, pass.Number))
        {
            _passes[^1] = last with
            {
                Reads = last.Reads + pass.Reads,
                FailedReads = last.FailedReads + pass.FailedReads,
                SectorsRead = last.SectorsRead + pass.SectorsRead,
                Duration = last.Duration + pass.Duration,
            };
        }
        else
        {
            _passes.Add(pass);
        }
    }

    /// <summary>What of the unfinished image had changed under our hands, and was read again.</summary>
    public void NoteSpoilt(long bytes)
    {
        if (bytes > 0)
        {
            Warnings.Add(new(
                "part-changed",
                $"{Figures.Count(bytes, "byte", "bytes")} of the unfinished image no longer agreed with what had been read, and came from the disc again",
                "check the storage that the image is kept on"));
        }
    }

    /// <summary>Where the image, read back, is not what the disc gave.</summary>
    public void NoteDifferences(IReadOnlyList<SectorRange> differences)
    {
        Differences.AddRange(differences.Except(Differences).ToArray());
        if (differences.Count > 0 && !Concerns.Any(concern => concern.Code == "image-differs"))
        {
            Concerns.Add(new(
                "image-differs",
                $"the image, read back from its storage, is not what the disc gave: sectors {SectorNames.Of(differences)}",
                "do not trust the storage that it is kept on; make the image again elsewhere"));
        }
    }

    /// <summary>All of this, as it stands now.</summary>
    public ImagingResult ToResult(ImagingOutcome outcome, string? imagePath) => new()
    {
        Request = Request,
        Id = _id,
        Duration = Elapsed,
        Runs = [.. Copy.EarlierRuns, ThisRun() with { Outcome = outcome, Passes = _passes.Count, SectorsRead = _passes.Sum(pass => pass.SectorsRead) }],
        StartedAt = StartedAt,
        EndedAt = _time.GetLocalNow(),
        Source = Source,
        Outcome = outcome,
        Concerns = [.. Concerns],
        Warnings = [.. Warnings],
        Readings = [.. Readings],
        Map = outcome == ImagingOutcome.DryRun ? null : Copy.Map,
        Passes = [.. _passes],
        Restored = Copy.Restored,
        RunOut = Judgement.RunOut,
        OffTrack = Judgement.OffTrack,
        SuspectedProtection = Judgement.SuspectedProtection,
        Unreadable = Unreadable,
        Differences = [.. Differences],
        Analysis = Analysis,
        Holdings = Holdings,
        Damage = Damage,
        ImagePath = imagePath,
    };

    /// <summary>This run as it stands in the middle: what a run that is killed leaves of itself.</summary>
    private ImagingRunRecord ThisRun() => new()
    {
        Id = _id,
        Operator = Request.Operator,
        CommandLine = Request.CommandLine,
        Source = Source.Path,
        Drive = ImagingRunRecord.DriveOf(Source),
        StartedAt = StartedAt,
        EndedAt = _time.GetLocalNow(),
        SectorsGot = Copy.SectorsGot,
    };
}
