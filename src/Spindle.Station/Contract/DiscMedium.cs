// SPDX-License-Identifier: MIT
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Station.Contract;

/// <summary>The sectors of a drive, device or image file, for the archive's use cases, which know of no drives.</summary>
internal sealed class DiscMedium : ISectorReader
{
    private readonly DiscSource _source;

    private DiscMedium(DiscSource source) => _source = source;

    public string Name => _source.Reader.Name;

    public int SectorSize => _source.Reader.SectorSize;

    public long SectorCount => _source.Reader.SectorCount;

    public long Length => _source.Reader.Length;

    /// <summary>Opens what a path names.</summary>
    /// <exception cref="OperationFailedException">There is nothing, or it can't be read.</exception>
    public static ISectorReader Open(string path) => Of(DiscSource.Open(path));

    /// <summary>What was opened already.</summary>
    public static ISectorReader Of(DiscSource source) => new DiscMedium(source);

    public SectorRead Read(SectorRange range, Span<byte> buffer) => _source.Reader.Read(range, buffer);

    public void Dispose() => _source.Dispose();
}
