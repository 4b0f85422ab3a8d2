// SPDX-License-Identifier: MIT
using Spindle.Mastering;

namespace Spindle.Archiving.Planning;

/// <summary>Cuts a directory that does not fit onto one disc, in the order of its names, and files that don't into parts.</summary>
internal sealed class PieceCutter(long capacity)
{
    /// <summary>Sectors left for the directory's own structures on each disc that has a piece of it.</summary>
    public const int Slack = 64;

    /// <summary>Parts of one file at most: each of them is nearly a disc.</summary>
    public const int MostParts = 9999;

    private const int SectorLength = 2048;

    private readonly List<(byte[] Name, long Sectors)> _names = [];

    public List<FilePartPlan> FileParts { get; } = [];

    public void Add(ReadOnlySpan<byte> name, long sectors) => _names.Add((name.ToArray(), sectors));

    /// <summary>Adds a file that is larger than a disc.</summary>
    /// <param name="entry">Its name in the catalogue.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="partSectors">Sectors of the largest part that a disc can hold, at least 1.</param>
    /// <param name="bound">Learns of the parts.</param>
    public void AddFile(long entry, long content, long size, long partSectors, DiscBound bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partSectors);
        long offset = 0;
        for (int number = 1; offset < size; number++)
        {
            long length = Math.Min(size - offset, partSectors * SectorLength);
            FileParts.Add(new(entry, content, number, offset, length));
            bound.Add(VolumeGeometry.SectorsOf(length));
            offset += length;
        }
    }

    /// <summary>Adds parts of a file that was divided before.</summary>
    /// <param name="entry">Its name in the catalogue.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="parts">Those that need a disc.</param>
    /// <param name="bound">Learns of the parts.</param>
    public void AddParts(long entry, long content, IReadOnlyList<(int Number, long Offset, long Length)> parts, DiscBound bound)
    {
        foreach ((int number, long offset, long length) in parts)
        {
            FileParts.Add(new(entry, content, number, offset, length));
            bound.Add(VolumeGeometry.SectorsOf(length));
        }
    }

    /// <summary>Cuts.</summary>
    /// <param name="above">Sectors that the directories above take.</param>
    public List<DirectoryPiece> Cut(long above)
    {
        long room = capacity - above - Slack;
        List<DirectoryPiece> pieces = [];
        long sectors = 0;
        byte[]? first = null;
        foreach ((byte[] name, long own) in _names)
        {
            // What lists and directories say of each name is within the names' own share; the rest is the slack.
            if (first is not null && sectors + own > room)
            {
                pieces.Add(new(sectors + Slack, first, null));
                (sectors, first) = (0, null);
            }

            first ??= name;
            sectors += own;
        }

        // The directory itself comes onto a disc, also where all its files are in parts.
        pieces.Add(new(sectors + Slack, first ?? [], null));
        pieces.AddRange(FileParts.Select(part => new DirectoryPiece(VolumeGeometry.SectorsOf(part.Length) + Slack, null, part)));
        return pieces;
    }
}
