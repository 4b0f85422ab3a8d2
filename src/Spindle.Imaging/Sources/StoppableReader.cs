// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Sources;

/// <summary>Sectors that can be read until it is asked to stop: whoever walks a file system of millions of names ends with the next one that is read.</summary>
internal sealed class StoppableReader(ISectorReader sectors, CancellationToken cancellationToken) : ISectorReader
{
    public string Name => sectors.Name;

    public int SectorSize => sectors.SectorSize;

    public long SectorCount => sectors.SectorCount;

    public long Length => sectors.Length;

    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public SectorRead Read(SectorRange range, Span<byte> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return sectors.Read(range, buffer);
    }

    public void Dispose() => sectors.Dispose();
}
