// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Files;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Files;
using Spindle.Imaging.Records;
using Spindle.Media;

namespace Spindle.Imaging.Copying;

/// <summary>What is known of a copy between two runs: the map and the digests, kept beside the unfinished image.</summary>
internal sealed class CopyState(IImageFiles files, OutputPaths paths, MediumLayout layout)
{
    /// <summary>Two numbers of eight bytes for each range of <see cref="Restored"/>, behind the digests.</summary>
    private const int RestoredLength = 2 * sizeof(long);

    private readonly SectorMap _restored = new(layout.SectorCount);
    private long _known;

    /// <summary>Which sectors were read, or restored, and are in the unfinished image.</summary>
    public SectorMap Map { get; private set; } = new(layout.SectorCount);

    /// <summary>Those of them that parity gave, and not the medium, in this run or an earlier one.</summary>
    public IReadOnlyList<SectorRange> Restored => [.. _restored.RangesOf(SectorState.Finished)];

    /// <summary>Where the rescue is that an earlier run, or another program, has left.</summary>
    public RescueCursor Cursor { get; private set; } = RescueCursor.Start;

    /// <summary>Bytes that earlier runs have read.</summary>
    public long BytesKnown { get; private set; }

    /// <summary>Whether nothing has failed yet, so that the medium can be read from front to back.</summary>
    public bool IsUndamaged => Map.Total(SectorState.Finished) + Map.Total(SectorState.NonTried) == Map.SectorCount;

    /// <summary>What the medium gave for them; null where an earlier copy left none, as ddrescue does.</summary>
    public PieceDigests? EarlierDigests { get; private set; }

    /// <summary>What the medium gives in this run.</summary>
    public PieceDigests Digests { get; private set; } = new(layout);

    /// <summary>The comments that start the map: who made it.</summary>
    public IReadOnlyList<string> Heading { get; init; } = [];

    /// <summary>The runs before this one.</summary>
    public IReadOnlyList<ImagingRunRecord> EarlierRuns { get; private set; } = [];

    /// <summary>This run, as far as it has come.</summary>
    public Func<ImagingRunRecord> ThisRun { get; init; } = () => new();

    /// <summary>Sectors that are in the image because of this run.</summary>
    public long SectorsGot => Math.Max(0, Map.Total(SectorState.Finished) - _known);

    /// <summary>Reads what an earlier run left.</summary>
    /// <exception cref="OperationFailedException">The map is no map, or another medium's.</exception>
    public void Load()
    {
        // The map of a finished image that is to be improved has its final name still.
        if ((files.TryRead(paths.MapPart) ?? files.TryRead(paths.Map)) is { } map)
        {
            RescueMapFile file = RescueMapFile.Parse(new StringReader(Encoding.UTF8.GetString(map)));
            Map = file.ToSectorMap(layout.SectorSize, layout.Length);
            Cursor = new(file.CurrentStatus, file.CurrentPass, file.CurrentPosition / layout.SectorSize);
            _known = Map.Total(SectorState.Finished);
            BytesKnown = Map.RangesOf(SectorState.Finished).Sum(range => layout.PositionOf(range.End) - layout.PositionOf(range.Start));
        }

        // A program that leaves no word of its runs has made what is there, and nothing else is known of it.
        EarlierRuns = (files.TryRead(paths.RunsPart) is { } runs ? RunsText.Parse(runs) : null)
            ?? (_known > 0 ? [new() { SectorsGot = _known }] : []);

        if (files.TryRead(paths.DigestsPart) is { } bytes)
        {
            ReadOnlySpan<byte> digests = bytes.AsSpan(0, Math.Min(bytes.Length, PieceDigests.LengthFor(layout)));
            EarlierDigests = PieceDigests.FromBytes(layout, digests);
            Digests = PieceDigests.FromBytes(layout, digests) ?? Digests;
            LoadRestored(bytes.AsSpan(digests.Length));
        }
    }

    /// <summary>The medium gave these; the map must tell of them after they were written only.</summary>
    public void NoteRead(SectorRange range)
    {
        Map.Set(range, SectorState.Finished);
        _restored.Set(range, SectorState.NonTried);
    }

    /// <summary>Parity gave these; the map must tell of them after they were written only.</summary>
    public void NoteRestored(SectorRange range)
    {
        Map.Set(range, SectorState.Finished);
        _restored.Set(range, SectorState.Finished);
    }

    /// <summary>What was had of these is no more: the medium is to give them again.</summary>
    public void Forget(SectorRange range)
    {
        Map.Set(range, SectorState.NonTried);
        _restored.Set(range, SectorState.NonTried);
    }

    /// <summary>What the medium gave, in this run or an earlier one: what parity gave may read otherwise, and counts as bad.</summary>
    public SectorMap ReadFromMedium()
    {
        SectorMap read = new(Map);
        foreach (SectorRange restored in Restored)
        {
            read.Set(restored, SectorState.Bad);
        }

        return read;
    }

    /// <summary>What is known now, to be saved later: what is read in between is not in it.</summary>
    public CopySnapshot Snapshot(RescueCursor cursor)
    {
        using StringWriter text = new();
        new RescueMapFile
        {
            Heading = Heading,
            CurrentPosition = layout.PositionOf(cursor.Sector),
            CurrentStatus = cursor.Status,
            CurrentPass = cursor.Pass,
            Blocks = RescueMapFile.BlocksOf(Map, layout.SectorSize, layout.Length),
        }.Write(text);
        return new([.. Digests.ToBytes(Map), .. RestoredBytes()], Encoding.UTF8.GetBytes(text.ToString()), RunsText.Of([.. EarlierRuns, ThisRun()]));
    }

    /// <summary>Saves what was known. The image must have been flushed since: the map never tells of more than is stored.</summary>
    public void Save(CopySnapshot snapshot)
    {
        // The digests first: the map says which of them count.
        files.WriteWhole(paths.DigestsPart, snapshot.Digests);
        files.WriteWhole(paths.RunsPart, snapshot.Runs);
        files.WriteWhole(paths.MapPart, snapshot.Map);
    }

    private byte[] RestoredBytes()
    {
        byte[] bytes = new byte[Restored.Count * RestoredLength];
        Span<byte> rest = bytes;
        foreach (SectorRange range in Restored)
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, range.Start);
            BinaryPrimitives.WriteInt64LittleEndian(rest[sizeof(long)..], range.Count);
            rest = rest[RestoredLength..];
        }

        return bytes;
    }

    private void LoadRestored(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= RestoredLength; bytes = bytes[RestoredLength..])
        {
            long start = Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(bytes), 0, layout.SectorCount);
            long count = Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(long)..]), 0, layout.SectorCount - start);
            foreach (SectorRange finished in Map.RangesOf(SectorState.Finished).Select(range => range.Intersect(new(start, count))).Where(range => !range.IsEmpty))
            {
                _restored.Set(finished, SectorState.Finished);
            }
        }
    }
}
