// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Formats.MapFile;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.DiscSet;
using Spindle.Parity.Protecting;

namespace Spindle.Archiving.Sets;

/// <summary>A member of a set that is made again: what was good of it before the first damage is copied when that is found.</summary>
internal sealed class SetOutput : IDisposable
{
    private const int BufferLength = 64 * PieceSums.PieceLength;
    private const string ImageSuffix = ".iso";

    private readonly SetSource _source;
    private readonly ImageFile? _image;
    private readonly SetVolumeFile? _volume;
    private long _written;

    /// <param name="source">What is made.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="overwrite">Whether a file of its name is replaced.</param>
    /// <param name="goesOn">Whether one that an earlier run made is made once more.</param>
    /// <exception cref="OperationFailedException"><c>already-exists</c>; it can't be written.</exception>
    public SetOutput(SetSource source, string folder, bool overwrite, bool goesOn)
    {
        _source = source;
        Path = System.IO.Path.Combine(folder, source.Member.Name);
        if (File.Exists(Path) && !overwrite && !(goesOn && IsMade()))
        {
            throw SetFailures.Exists(Path);
        }

        if (source.Member is SetParity)
        {
            _volume = new(Path, source.Length);
        }
        else
        {
            _image = ImageFile.Create(PartPath);
            _image.SetLength(source.Length);
        }
    }

    /// <summary>The name that it gets.</summary>
    public string Path { get; }

    private string PartPath => Path + WholeFile.PartSuffix;

    private string MapPath => Path.EndsWith(ImageSuffix, StringComparison.Ordinal) ? $"{Path[..^ImageSuffix.Length]}.map.part" : $"{PartPath}.map";

    /// <summary>Writes a window.</summary>
    /// <param name="position">Where it begins; a multiple of a piece.</param>
    /// <param name="bytes">Whole pieces, but for the last of all.</param>
    public void Write(long position, ReadOnlySpan<byte> bytes)
    {
        byte[] buffer = _written < position ? new byte[BufferLength] : [];
        while (_written < position)
        {
            Span<byte> before = buffer.AsSpan(0, (int)Math.Min(buffer.Length, position - _written));
            _source.Read(_written, before, byPiece: false);
            Put(before);
        }

        Put(bytes);
    }

    /// <summary>Ends it: what is as the set says gets its name; what has gaps stays a <c>.part</c> with a map.</summary>
    /// <param name="head">The head of a volume; null where it can't be known.</param>
    /// <param name="beyond">What can't be made.</param>
    /// <param name="progress">Told the bytes that were read back.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>SHA-256 of what is stored, and whether that is the set's; null where a volume can't be made.</returns>
    public (string Sha256, bool Agrees)? Finish(ParVolume? head, IReadOnlyList<SetHole> beyond, Action<long> progress, CancellationToken cancellationToken)
    {
        if (_volume is not null)
        {
            return head is null || beyond.Count > 0 ? null : FinishVolume(head, progress, cancellationToken);
        }

        _image!.Flush();
        _image.Dispose();
        (byte[] hash, _) = TargetFailure.Told(PartPath, () => StoredFile.Hash(PartPath, progress, cancellationToken));
        string sha256 = Convert.ToHexStringLower(hash);
        bool agrees = sha256 == _source.Member.Sha256;
        if (!agrees)
        {
            WriteMap(beyond);
        }
        else if (((SetDisc)_source.Member).Inner is { } inner)
        {
            (sha256, agrees) = Protect(inner, cancellationToken);
        }

        if (agrees)
        {
            WholeFile.Publish(Path);
            File.Delete(MapPath); // of a run that had less
        }

        return (sha256, agrees);
    }

    /// <summary>Closes it; what did not get its name stays a <c>.part</c>.</summary>
    public void Dispose()
    {
        _image?.Dispose();
        _volume?.Dispose();
    }

    private (string Sha256, bool Agrees) FinishVolume(ParVolume head, Action<long> progress, CancellationToken cancellationToken)
    {
        (string sha256, _) = _volume!.Finish(head, progress, cancellationToken);
        bool agrees = sha256 == _source.Member.Sha256;
        if (agrees)
        {
            _volume.Publish();
        }

        return (sha256, agrees);
    }

    // The parity within the disc follows from the rest: it is made as it was, and all of it held against the whole image's hash.
    private (string Sha256, bool Agrees) Protect(InnerParity inner, CancellationToken cancellationToken)
    {
        Redundancy roots = Redundancy.OfRoots(inner.Roots);
        bool isOfRoots = roots.ImageSectorsFor(_source.Length / Capacity.SectorSize) == inner.TotalSectors;
        Protector.Protect(new() { Image = PartPath, Redundancy = isOfRoots ? roots : Redundancy.ToFill(inner.TotalSectors) }, null, cancellationToken);
        (byte[] hash, _) = TargetFailure.Told(PartPath, () => StoredFile.Hash(PartPath, _ => { }, cancellationToken));
        string sha256 = Convert.ToHexStringLower(hash);
        return (sha256, sha256 == inner.Sha256);
    }

    // A run that made it before, and not the others: the same command goes on.
    private bool IsMade()
    {
        (byte[] hash, _) = TargetFailure.Told(Path, () => StoredFile.Hash(Path, _ => { }, CancellationToken.None));
        return Convert.ToHexStringLower(hash) == ((_source.Member as SetDisc)?.Inner?.Sha256 ?? _source.Member.Sha256);
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        if (bytes.ContainsAnyExcept((byte)0)) // else it is there already
        {
            _image?.Write(_written, bytes);
        }

        _volume?.Write(_written, bytes);
        _written += bytes.Length;
    }

    private void WriteMap(IReadOnlyList<SetHole> beyond)
    {
        SectorMap map = new((_source.Length + Capacity.SectorSize - 1) / Capacity.SectorSize, SectorState.Finished);
        foreach (SetHole hole in beyond)
        {
            map.Set(SectorRange.Between(hole.From / Capacity.SectorSize, (hole.End + Capacity.SectorSize - 1) / Capacity.SectorSize), SectorState.Bad);
        }

        RescueMapFile file = new() { CurrentStatus = RescueStatus.Finished, Blocks = RescueMapFile.BlocksOf(map, Capacity.SectorSize, _source.Length) };
        TargetFailure.Told(MapPath, () =>
        {
            using StreamWriter text = new(MapPath);
            file.Write(text);
            return true;
        });
    }
}
