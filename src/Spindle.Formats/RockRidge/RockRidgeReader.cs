// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Spindle.Formats.Iso9660.Fields;
using Spindle.Formats.Names;
using Spindle.Formats.Trees;
using Spindle.Media;

namespace Spindle.Formats.RockRidge;

/// <summary>Reads the system use entries of directory records, continuations included (SUSP 1.12, RRIP 1.12).</summary>
/// <remarks>Positions are the "BP" of these: of an entry, or of a component, from 1.</remarks>
internal sealed class RockRidgeReader(Medium medium, int blockSize, Findings findings)
{
    /// <summary>Continuation areas of one record that are followed at most.</summary>
    public const int MaximumContinuations = 32;

    /// <summary>Bytes of a name that are gathered at most: no system has longer ones than 255.</summary>
    private const int LongestName = 1024;

    /// <summary>Bytes of the target of a link that are gathered at most: Linux follows none that has more.</summary>
    private const int LongestTarget = 4096;

    private readonly HashSet<(long Position, int Length)> _visited = [];
    private readonly byte[] _name = new byte[LongestName];
    private readonly List<byte> _target = [];
    private readonly byte[] _continuation = new byte[4096];
    private readonly byte[] _timeBytes = new byte[byte.MaxValue];
    private int _nameLength;
    private int _timeLength;
    private EntryTimes? _lastTimes;
    private RockRidgeAttributes _found;
    private bool _componentContinues;
    private bool _nameContinues;
    private bool _targetContinues;
    private bool _isBehindRoot;

    /// <summary>Reads all entries of one record.</summary>
    /// <param name="systemUse">The area behind the name, what SP says to skip already skipped.</param>
    /// <param name="position">Address of the area on the disc, in bytes.</param>
    /// <returns>What they say; good until the next record is read.</returns>
    public ref readonly RockRidgeAttributes Read(ReadOnlySpan<byte> systemUse, long position)
    {
        _found = default;
        _nameLength = 0;
        _target.Clear();
        _componentContinues = false;
        _nameContinues = false;
        _targetContinues = false;
        _isBehindRoot = false;

        Continuation? next = ReadArea(systemUse, position);
        if (next is not null)
        {
            _visited.Clear();
        }

        while (next is { } area)
        {
            if (_visited.Count == MaximumContinuations || !_visited.Add((area.Position, area.Length)))
            {
                findings.Add(RockRidgeRules.ContinuationsEnd, position, $"continued again at byte {area.Position} after {_visited.Count} areas");
                break;
            }

            Span<byte> bytes = _continuation.AsSpan(0, Math.Min(area.Length, _continuation.Length));
            if (!medium.TryRead(area.Position, bytes) || LosesSector(bytes, area.Position))
            {
                findings.Add(RockRidgeRules.ContinuationReadable, position, $"continued at byte {area.Position}, which can't be read");
                _found.IsIncomplete = true;
                break;
            }

            next = ReadArea(bytes, area.Position);
        }

        if ((_nameContinues || _targetContinues) && !_found.IsIncomplete)
        {
            findings.Add(RockRidgeRules.TextEnds, position, $"{(_nameContinues ? "a name" : "the target of a link")} says that it goes on, and does not");
            _found.IsIncomplete = true;
        }

        _found.Name = _nameLength > 0 ? medium.Names.Of(_name.AsSpan(0, _nameLength)) : null;
        _found.Target = _target.Count > 0 ? medium.Names.Of(CollectionsMarshal.AsSpan(_target)) : null;
        return ref _found;
    }

    // An area begins with an entry, and goes on with entries into its next sector: where zeros are, there is nothing that was recorded.
    private static bool LosesSector(ReadOnlySpan<byte> area, long position)
    {
        int toNext = Capacity.SectorSize - (int)(position % Capacity.SectorSize);
        return area.IsEmpty || area[..Math.Min(toNext, area.Length)].IndexOfAnyExcept((byte)0) < 0
            || (area.Length > toNext && area[toNext..].IndexOfAnyExcept((byte)0) < 0);
    }

    // SUSP-1.12 §4: entries of a signature, a length, a version and data.
    private Continuation? ReadArea(ReadOnlySpan<byte> area, long position)
    {
        Continuation? next = null;
        while (area.Length >= 4 && area.At(bp: 1)[0] != 0)
        {
            int length = area.At(bp: 3)[0];
            if (length < 4 || length > area.Length)
            {
                findings.Add(RockRidgeRules.EntryWithinArea, position, $"an entry of {length} bytes where {area.Length} are left");
                break;
            }

            ReadOnlySpan<byte> entry = area[..length];
            switch (BinaryPrimitives.ReadUInt16BigEndian(entry.At(bp: 1)))
            {
                case ('C' << 8) | 'E' when length >= 28:
                    next = ContinuationOf(entry, position);
                    break;
                case ('S' << 8) | 'T':
                    return next;
                default:
                    ReadEntry(entry, position);
                    break;
            }

            area = area[length..];
            position += length;
        }

        return next;
    }

    // CE (SUSP-1.12 §5.1): block, offset in it, length, each in both byte orders.
    private Continuation? ContinuationOf(ReadOnlySpan<byte> entry, long position)
    {
        BothOrders.Check32(entry.At(bp: 5), position + 4, findings);
        long block = BinaryPrimitives.ReadUInt32LittleEndian(entry.At(bp: 5));
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(entry.At(bp: 13));
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(entry.At(bp: 21));
        return length == 0 ? null : new((block * blockSize) + offset, (int)Math.Min(length, (uint)_continuation.Length));
    }

    private void ReadEntry(ReadOnlySpan<byte> entry, long position)
    {
        switch (BinaryPrimitives.ReadUInt16BigEndian(entry.At(bp: 1)))
        {
            case ('A' << 8) | 'A':
                _found.FinderInfo = AppleExtension.FinderInfo(entry);
                break;
            case ('P' << 8) | 'X' when entry.Length >= 36: // RRIP-1.12 §4.1.1
                BothOrders.Check32(entry.At(bp: 5), position + 4, findings);
                _found.IsPresent = true;
                _found.Mode = BinaryPrimitives.ReadUInt32LittleEndian(entry.At(bp: 5));
                _found.Links = BinaryPrimitives.ReadUInt32LittleEndian(entry.At(bp: 13));
                _found.Uid = BinaryPrimitives.ReadUInt32LittleEndian(entry.At(bp: 21));
                _found.Gid = BinaryPrimitives.ReadUInt32LittleEndian(entry.At(bp: 29));
                break;
            case ('N' << 8) | 'M' when entry.Length >= 5:
                ReadName(entry, position);
                break;
            case ('T' << 8) | 'F' when entry.Length >= 5:
                ReadTimes(entry);
                break;
            case ('S' << 8) | 'L' when entry.Length >= 5:
                ReadLink(entry.At(bp: 6), position);
                _targetContinues = (entry.At(bp: 5)[0] & 1) != 0;
                break;
            case ('C' << 8) | 'L' when entry.Length >= 12: // §4.1.5.1
                BothOrders.Check32(entry.At(bp: 5), position + 4, findings);
                _found.IsPresent = true;
                _found.ChildBlock = BinaryPrimitives.ReadUInt32LittleEndian(entry.At(bp: 5));
                break;
            case ('R' << 8) | 'E': // §4.1.5.3
                _found.IsPresent = true;
                _found.IsRelocated = true;
                break;
            case ('Z' << 8) | 'F' when entry.Length >= 16 && entry.At(bp: 5)[0] is (byte)'p' or (byte)'P': // zisofs: no part of RRIP
                _found.ExpandedSize = BinaryPrimitives.ReadUInt32LittleEndian(entry.At(bp: 9));
                break;
            case ('S' << 8) | 'P' when entry.Length >= 7 && entry.At(bp: 5)[0] == 0xBE && entry.At(bp: 6)[0] == 0xEF: // SUSP-1.12 §5.3
                _found.SkippedBytes = entry.At(bp: 7)[0];
                break;
            case ('R' << 8) | 'R':
                _found.IsPresent = true;
                break;
            default:
                break; // PD fills; ER, ES, SF, PN, AL and those of others say nothing that a listing shows
        }
    }

    // NM (RRIP-1.12 §4.1.4).
    private void ReadName(ReadOnlySpan<byte> entry, long position)
    {
        const int current = 2;
        const int parent = 4;
        _found.IsPresent = true;
        _nameContinues = (entry.At(bp: 5)[0] & 1) != 0;
        if ((entry.At(bp: 5)[0] & (current | parent)) != 0)
        {
            return;
        }

        if (_nameLength + entry.Length > LongestName)
        {
            findings.Add(RockRidgeRules.TextBounded, position, $"a name that goes on after {_nameLength} bytes");
            return;
        }

        ReadOnlySpan<byte> part = entry.At(bp: 6);
        if (part.ContainsAny((byte)'/', (byte)0))
        {
            findings.Add(RockRidgeRules.NameIsOneComponent, position, $"the name '{IsoText.Bytes(part)}'");
        }

        part.CopyTo(_name.AsSpan(_nameLength));
        _nameLength += part.Length;
    }

    // A file was mostly changed, read and described when its neighbour was: of the same bytes, the same times come.
    private void ReadTimes(ReadOnlySpan<byte> entry)
    {
        ReadOnlySpan<byte> fields = entry.At(bp: 5);
        if (_found.Times is null && _lastTimes is not null && fields.SequenceEqual(_timeBytes.AsSpan(0, _timeLength)))
        {
            _found.Times = _lastTimes;
            return;
        }

        bool isFirst = _found.Times is null;
        _found.Times = Times(fields, _found.Times ?? EntryTimes.Unknown);
        if (isFirst)
        {
            _lastTimes = _found.Times;
            _timeLength = fields.Length;
            fields.CopyTo(_timeBytes);
        }
    }

    // TF (RRIP-1.12 §4.1.6): one time for each flag, in the order of the flags; of 7 bytes each, or 17.
    private static EntryTimes Times(ReadOnlySpan<byte> fields, EntryTimes known)
    {
        int flags = fields.At(bp: 1)[0];
        bool isLong = (flags & 0x80) != 0;
        int length = isLong ? 17 : 7;
        ReadOnlySpan<byte> rest = fields.At(bp: 2);
        (DateTimeOffset? created, DateTimeOffset? modified, DateTimeOffset? accessed, DateTimeOffset? changed) =
            (known.Created, known.Modified, known.Accessed, known.Changed);
        for (int bit = 0; bit < 4 && rest.Length >= length; bit++)
        {
            if ((flags & (1 << bit)) == 0)
            {
                continue;
            }

            DateTimeOffset? time = isLong ? IsoDate.Digits(rest[..length]) : IsoDate.Numbers(rest[..length]);
            switch (bit)
            {
                case 0:
                    created = time;
                    break;
                case 1:
                    modified = time;
                    break;
                case 2:
                    accessed = time;
                    break;
                default:
                    changed = time;
                    break;
            }

            rest = rest[length..];
        }

        return new() { Created = created, Modified = modified, Accessed = accessed, Changed = changed };
    }

    // SL (RRIP-1.12 §4.1.3): components of flags, length and text; bit 0 says that the component goes on in the next one.
    private void ReadLink(ReadOnlySpan<byte> components, long position)
    {
        _found.IsPresent = true;
        while (components.Length >= 2)
        {
            if (_target.Count + components.Length > LongestTarget)
            {
                findings.Add(RockRidgeRules.TextBounded, position, $"a target that goes on after {_target.Count} bytes");
                return;
            }

            int flags = components.At(bp: 1)[0];
            int length = Math.Min(components.At(bp: 2)[0], components.Length - 2);
            if (_target.Count > 0 && !_componentContinues && !_isBehindRoot)
            {
                _target.Add((byte)'/');
            }

            switch (flags & 0x0E)
            {
                case 2:
                    _target.Add((byte)'.');
                    break;
                case 4:
                    _target.AddRange(".."u8);
                    break;
                case 8:
                    if (_target.Count == 0)
                    {
                        _target.Add((byte)'/');
                    }

                    break;
                default:
                    _target.AddRange(components.At(bp: 3, length: length));
                    break;
            }

            _componentContinues = (flags & 1) != 0;
            _isBehindRoot = (flags & 0x0E) == 8;
            components = components[(2 + length)..];
        }
    }

    private readonly record struct Continuation(long Position, int Length);
}
