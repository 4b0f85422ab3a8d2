// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Files;
using Spindle.Formats.Analysis;
using Spindle.Formats.Images;
using Spindle.Formats.MapFile;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Discs;
using Spindle.Media;

namespace Spindle.Imaging.Sources;

/// <summary>A file or device of this machine.</summary>
public sealed class DiscSource : IDiscSource
{
    private const int DescriptorSector = 16;

    private readonly string _path;
    private readonly IDiscDevice? _device;
    private readonly Lazy<SourceDescription> _description;
    private readonly DiscClass _disc;
    private readonly SectorRange? _extent;
    private readonly FirstLook _lookAtDisc;
    private readonly ISectorReader _look;
    private readonly string? _map;
    private readonly IMediumWatch? _watch;
    private bool _isEjected; // tried, at least: the medium is closed

    /// <summary>Takes what was opened; nothing is read here.</summary>
    private DiscSource(string path, IDiscDevice? device, SourceChoice choice, OpenedMedium opened)
    {
        (_path, _device, _map) = (path, device, choice.Map);
        (_disc, _watch, _lookAtDisc, _extent) = (opened.Sessions.Disc, opened.Watch, opened.Look, opened.Extent);
        (SessionStarts, ContentsStart, UnreadSectors) = (opened.Sessions.Starts, opened.ContentsStart, opened.UnreadSectors);
        Reader = choice.Stop.CanBeCanceled ? new StoppableReader(PartOf(opened.Sectors), choice.Stop) : PartOf(opened.Sectors);
        _look = PartOf(_lookAtDisc);
        SessionEnd = choice.Session is null ? null : SessionStarts.Where(start => start > ContentsStart).Select(start => (long?)start).Min();
        _description = new(() => Describe(opened.IsRaw), isThreadSafe: false);
    }

    /// <inheritdoc/>
    public ISectorReader Reader { get; }

    /// <inheritdoc/>
    public SourceDescription Description => _description.Value;

    /// <summary>Whether it is a device, and no file.</summary>
    public bool IsDevice => _device is not null;

    /// <summary>Sectors of an image file that its map does not know as read.</summary>
    public long UnreadSectors { get; }

    /// <summary>First sectors of its sessions, from the disc's start, as far as they are known.</summary>
    public IReadOnlyList<long> SessionStarts { get; }

    /// <summary>Which sector of the disc <see cref="Reader"/> begins with.</summary>
    public long FirstSector => _extent?.Start ?? 0;

    /// <summary>First sector of the session whose file system counts, from the disc's start; null for the medium's own.</summary>
    public long? ContentsStart { get; }

    /// <summary>First sector behind the session that was asked for, from the disc's start; null where none was, or it is the last one.</summary>
    public long? SessionEnd { get; }

    /// <summary>Opens what a path names.</summary>
    /// <exception cref="OperationFailedException">There is nothing, or it can't be read, or it holds no sectors.</exception>
    public static DiscSource Open(string path) => Open(path, SourceChoice.Whole);

    /// <summary>Opens what a path names.</summary>
    /// <param name="path">The drive, device or image file.</param>
    /// <param name="choice">What of it is wanted.</param>
    /// <exception cref="OperationFailedException">There is nothing, or it can't be read, or it holds no sectors, or no such session.</exception>
    public static DiscSource Open(string path, SourceChoice choice) => Open(path, choice, DiscDevices.TryOpen);

    /// <param name="path">The drive, device or image file.</param>
    /// <param name="choice">What of it is wanted.</param>
    /// <param name="openDevice">Opens devices.</param>
    internal static DiscSource Open(string path, SourceChoice choice, Func<string, IDiscDevice?> openDevice)
    {
        // In this order: on Windows a drive is a directory, too.
        IDiscDevice? device = openDevice(path);
        if (device is null && Directory.Exists(path))
        {
            throw new OperationFailedException(new("source-is-directory", $"{path} is a directory", "name the drive, device or image file itself"));
        }

        DiscClass disc = Classify(device, path, choice);
        (ISectorReader medium, long unread) = device is null ? OpenImage(ImageFile.Open(path), path, choice.Map) : (device.OpenMedium(disc.LeadOut, out _), 0);
        try
        {
            // All that is looked at before the copy goes through one memory: what is bad there is tried once, and the copy is told.
            FirstLook look = new(medium);
            bool isRaw = !ReferenceEquals(RawImage.Unwrap(look), look);
            ISectorReader sectors = isRaw ? RawImage.Unwrap(medium) : medium;
            look = isRaw ? new(sectors) : look;
            SourceSessions sessions = SourceSessions.Of(path, device is not null, disc, look);
            SectorRange? extent = sessions.ExtentOf(sectors, choice);
            return new(path, device, choice, new(sectors, look, isRaw, medium as IMediumWatch, unread, sessions, extent, sessions.ContentsStartOf(look, extent, choice.Session)));
        }
        catch
        {
            medium.Dispose();
            throw;
        }
    }

    /// <summary>Tracks of sound of the whole disc, as the drive tells; 0 where there are none, and of image files.</summary>
    public int SoundTracks => _disc.Tracks.Count(track => !track.IsData);

    /// <summary>How its trees are opened, where nobody says otherwise.</summary>
    public VolumeOptions VolumeOptions => new() { MediumStart = FirstSector, SessionStart = ContentsStart, SessionEnd = SessionEnd };

    /// <inheritdoc/>
    public void CheckMedium() => _watch?.Check();

    /// <inheritdoc/>
    public SecondReading OpenAgain()
    {
        (ISectorReader medium, CacheBypass bypass) = _device is null ? OpenStored() : (_device.OpenMedium(_disc.LeadOut, out CacheBypass past), past);
        return new(PartOf(RawImage.Unwrap(medium)), bypass);
    }

    /// <inheritdoc/>
    public DriveTuning? TryTune() => _device?.TryTune();

    /// <inheritdoc/>
    public IReadOnlyList<DeviceMount> Unmount()
    {
        IReadOnlyList<DeviceMount> mounts = _device?.GetMounts() ?? [];
        if (Description.Kind == SourceKind.BlockDevice && mounts.FirstOrDefault(mount => mount.IsWritable) is { } writable)
        {
            // A disk that programs may be writing to is not ours to unmount, and its image would be of no moment in time.
            throw new OperationFailedException(new(
                "source-mounted", $"{_path} is mounted for writing at {writable.Point}", $"run 'umount {writable.Point}' first"));
        }

        List<DeviceMount> unmounted = [];
        try
        {
            foreach (DeviceMount mount in mounts)
            {
                _device!.Unmount(mount);
                unmounted.Insert(0, mount);
            }
        }
        catch (OperationFailedException)
        {
            // One place is in use: the others are put back, as far as that goes; the message is about the one in use.
            unmounted.ForEach(TryMount);
            throw;
        }

        return mounts;
    }

    /// <inheritdoc/>
    public void Mount(DeviceMount mount)
    {
        try
        {
            if (!_isEjected)
            {
                CheckMedium();
            }
        }
        catch (OperationFailedException e)
        {
            throw new OperationFailedException(
                new("not-mounted-again", $"{mount.Point}, where {_path} was mounted before, is not mounted any more: {e.Failure.What}", null), e);
        }

        _device!.Mount(mount);
    }

    /// <inheritdoc/>
    public bool Eject()
    {
        if (Description.Kind != SourceKind.OpticalDrive)
        {
            return false;
        }

        // The drive keeps its door locked while someone reads the disc.
        _isEjected = true;
        Reader.Dispose();
        _device!.Eject();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => Reader.Dispose();

    /// <summary>Opens an image, in which what its map does not know as read can't be read: the zeros there stand for nothing.</summary>
    private static (ISectorReader Image, long Unread) OpenImage(ISectorReader image, string path, string? mapPath)
    {
        try
        {
            SectorMap? map = mapPath switch
            {
                SourceChoice.NoMap => null,
                null => ImageMaps.ReadBeside(path, image.SectorSize, image.Length),
                _ => RescueMapFile.Read(mapPath).ToSectorMap(image.SectorSize, image.Length),
            };
            return map is null or { IsFinished: true } ? (image, 0) : (new MappedSectors(image, map, ownsImage: true), map.SectorCount - map.Total(SectorState.Finished));
        }
        catch (OperationFailedException e) when (mapPath is null)
        {
            image.Dispose();
            throw new OperationFailedException(
                e.Failure with { What = $"the map beside {path} cannot be used: {e.Failure.What}", Hint = $"{e.Failure.Hint}; '--map none' reads the image as if it had none" }, e);
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private static DiscClass Classify(IDiscDevice? device, string path, SourceChoice choice)
    {
        if (device is null || device.GetMediumStatus() != MediumStatus.Ready || device.TrySurvey() is not { IsReady: true } survey)
        {
            return DiscClass.Unknown;
        }

        DiscClass disc = DiscClassifier.Classify(survey, path, choice.IsAlone ? choice.Session : null);
        disc.RefuseIfThereCanBeNoImage();
        return disc;
    }

    private ISectorReader PartOf(ISectorReader sectors) => _extent is { } extent ? new TrackReader(sectors, extent, _disc.Gaps) : sectors;

    private SourceDescription Describe(bool isRaw)
    {
        DeviceDescription? device = _device?.Describe();
        SectorRange[] gaps = [.. _disc.Gaps.Select(gap => gap.Intersect(_extent ?? default)).Where(gap => !gap.IsEmpty)];
        byte[] descriptor = new byte[Reader.SectorSize];
        bool hasDescriptor = Reader.SectorCount > DescriptorSector && _look.Read(new(DescriptorSector, 1), descriptor).Count == 1;
        SourceStructure structure = SourceStructure.Of(DiscAnalyzer.Analyze(
            _look, new() { VerifyTrees = false, MediumStart = FirstSector, SessionStart = ContentsStart }));
        long[] needed = [.. gaps.Select(NeededBefore)];
        return new()
        {
            Path = _path,
            Kind = device switch
            {
                null => SourceKind.File,
                { IsOptical: true } => SourceKind.OpticalDrive,
                _ => SourceKind.BlockDevice,
            },
            SectorSize = Reader.SectorSize,
            Length = Reader.Length,
            IsRaw = isRaw,
            Device = device,
            Disc = _disc,
            FirstSector = FirstSector,
            ContentsStart = ContentsStart,
            OffTrack = gaps,
            NeededBeforeGaps = needed,
            ProtectionMark = hasDescriptor ? ProtectionSuspicion.MarkedIn(descriptor) : null,
            FoundUnreadable = [.. _lookAtDisc.Failed.Select(sector => sector - FirstSector).Where(sector => sector >= 0 && sector < Reader.SectorCount)],
            Structure = structure,
        };
    }

    /// <summary>Where the file system of the session in front of a gap ends; the gap's start where it is not known.</summary>
    private long NeededBefore(SectorRange gap)
    {
        long start = _disc.Sessions.Where(session => session.Start < gap.Start).Select(session => session.Start).DefaultIfEmpty(0).Max();
        long bytes = DiscAnalyzer.Analyze(_look, new() { VerifyTrees = false, SessionStart = start }).SizeExpected;
        long needed = (bytes + Reader.SectorSize - 1) / Reader.SectorSize;
        return needed > start && needed <= gap.Start ? needed : gap.Start;
    }

    private void TryMount(DeviceMount mount)
    {
        try
        {
            _device!.Mount(mount);
        }
        catch (OperationFailedException)
        {
            // It stays unmounted; what is told is why the other could not be.
        }
    }

    /// <summary>Opens an image file so that it is read from its storage: by having the system forget it, or past what it remembers.</summary>
    private (ISectorReader Image, CacheBypass Bypass) OpenStored()
    {
        CacheBypass bypass = Evict();
        ISectorReader image = ImageFile.Open(_path);
        if (bypass == CacheBypass.None && TryOpenPastCache(_path) is { } stored)
        {
            bypass = stored.Bypass;
            image.Dispose();
            image = new StoredImage(_path, stored, ImageFile.DefaultSectorSize);
        }

        return (OpenImage(image, _path, _map).Image, bypass);
    }

    private static UncachedFile? TryOpenPastCache(string path)
    {
        try
        {
            return UncachedFile.Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it is read as any file, and that is told
        }
    }

    private CacheBypass Evict()
    {
        try
        {
            return PageCache.Evict(_path);
        }
        catch (IOException)
        {
            return CacheBypass.None;
        }
    }

    /// <summary>A medium that is open, and what was found by looking at it.</summary>
    private sealed record OpenedMedium(
        ISectorReader Sectors, FirstLook Look, bool IsRaw, IMediumWatch? Watch, long UnreadSectors, SourceSessions Sessions, SectorRange? Extent, long? ContentsStart);
}
