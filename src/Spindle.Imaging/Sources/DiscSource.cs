// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Formats.Analysis;
using Spindle.Formats.Images;
using Spindle.Media;

namespace Spindle.Imaging.Sources;

/// <summary>A file or device of this machine.</summary>
public sealed class DiscSource : IDiscSource
{
    private readonly string _path;
    private readonly IDiscDevice? _device;
    private readonly Lazy<SourceDescription> _description;

    private DiscSource(string path, IDiscDevice? device)
    {
        _path = path;
        _device = device;
        ISectorReader medium = device?.OpenMedium(out _) ?? ImageFile.Open(path);
        try
        {
            Reader = RawImage.Unwrap(medium);
            bool isRaw = !ReferenceEquals(Reader, medium);
            _description = new(() => Describe(isRaw), isThreadSafe: false);
        }
        catch
        {
            medium.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ISectorReader Reader { get; }

    /// <inheritdoc/>
    public SourceDescription Description => _description.Value;

    /// <summary>Whether it is a device, and no file.</summary>
    public bool IsDevice => _device is not null;

    /// <summary>Opens what a path names.</summary>
    /// <exception cref="OperationFailedException">There is nothing, or it can't be read, or it holds no sectors.</exception>
    public static DiscSource Open(string path) => Directory.Exists(path)
        ? throw new OperationFailedException(new(
            "source-is-directory", $"{path} is a directory", "name the drive, device or image file itself"))
        : new(path, DiscDevices.TryOpen(path));

    /// <inheritdoc/>
    public SecondReading OpenAgain()
    {
        CacheBypass bypass = CacheBypass.None;
        ISectorReader medium = _device?.OpenMedium(out bypass) ?? ImageFile.Open(_path);
        return new(RawImage.Unwrap(medium), _device is null ? Evict() : bypass);
    }

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

        foreach (DeviceMount mount in mounts)
        {
            _device!.Unmount(mount);
        }

        return mounts;
    }

    /// <inheritdoc/>
    public bool Eject()
    {
        if (Description.Kind != SourceKind.OpticalDrive)
        {
            return false;
        }

        // The drive keeps its door locked while someone reads the disc.
        Reader.Dispose();
        _device!.Eject();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => Reader.Dispose();

    private SourceDescription Describe(bool isRaw)
    {
        DeviceDescription? device = _device?.Describe();
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
            Structure = SourceStructure.Of(DiscAnalyzer.Analyze(Reader, new() { VerifyTrees = false })),
        };
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
}
