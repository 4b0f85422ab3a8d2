// SPDX-License-Identifier: MIT
using Spindle.Formats.Iso9660.Fields;
using Spindle.Formats.Trees;

namespace Spindle.Formats.RockRidge;

/// <summary>Composes the system use entries of Rock Ridge (RRIP-1.12) that a record has, and says where they go if they don't fit.</summary>
/// <remarks>Positions are the "BP" of SUSP: of an entry, from 1.</remarks>
public static class RockRidgeEntries
{
    /// <summary>Bytes of CE (SUSP-1.12 §5.1).</summary>
    public const int ContinuationLength = 28;

    /// <summary>Bytes of SP (SUSP-1.12 §5.3).</summary>
    public const int ProtocolLength = 7;

    /// <summary>Bytes of PX, with a serial number (RRIP-1.12 §4.1.1).</summary>
    public const int AttributesLength = 44;

    /// <summary>Bytes of TF with one time, that of the last change (RRIP-1.12 §4.1.6).</summary>
    public const int TimesLength = 12;

    /// <summary>Bytes of CL and of PL (RRIP-1.12 §4.1.5).</summary>
    public const int LinkLength = 12;

    /// <summary>Bytes of RE (RRIP-1.12 §4.1.5.3).</summary>
    public const int MovedLength = 4;

    /// <summary>Bytes that NM and SL have at most, for a name of 255 bytes and a target of <see cref="MaximumTarget"/>.</summary>
    public const int MaximumVariable = 12 * 1024;

    /// <summary>Bytes of the target of a symbolic link, at most.</summary>
    public const int MaximumTarget = 4095;

    /// <summary>Continuation areas of one record, at most.</summary>
    public const int MaximumContinuations = 16;

    private const int Header = 5;
    private const int MaximumEntry = 255;
    private static readonly byte[] Extension = ComposeExtension();

    /// <summary>Bytes of ER, which the root has.</summary>
    public static int ExtensionLength => Extension.Length;

    /// <summary>ER: which protocol this is (SUSP-1.12 §5.5, RRIP-1.12 §4.3).</summary>
    public static ReadOnlySpan<byte> ExtensionReference => Extension;

    /// <summary>Composes NM (RRIP-1.12 §4.1.4), and SL of a link (§4.1.3).</summary>
    /// <param name="name">The name; raw bytes.</param>
    /// <param name="target">Where a link leads; empty for what is none.</param>
    /// <param name="entries">Takes the entries: <see cref="MaximumVariable"/> bytes.</param>
    /// <returns>Bytes of the entries.</returns>
    public static int Compose(ReadOnlySpan<byte> name, ReadOnlySpan<byte> target, Span<byte> entries)
    {
        int length = 0;
        while (!name.IsEmpty)
        {
            int part = Math.Min(name.Length, MaximumEntry - Header);
            WriteHeader(entries[length..], "NM"u8, Header + part);
            entries[length..].At(bp: 5)[0] = part < name.Length ? (byte)1 : (byte)0; // continued
            name[..part].CopyTo(entries[length..].At(bp: 6));
            length += Header + part;
            name = name[part..];
        }

        return target.IsEmpty ? length : length + ComposeTarget(target, entries[length..]);
    }

    /// <summary>Places the entries of one record in the continuation sectors of a directory.</summary>
    /// <param name="packer">Where the sectors end.</param>
    /// <param name="entries">The entries, one behind the other.</param>
    /// <param name="areas">Takes the areas: <see cref="MaximumContinuations"/>.</param>
    /// <returns>How many areas: all but the last end with a CE.</returns>
    public static int Place(ref RecordPacker packer, ReadOnlySpan<byte> entries, Span<Continuation> areas)
    {
        int count = 0;
        int start = 0;
        while (entries.Length - start > RecordPacker.SectorLength)
        {
            int length = 0;
            while (length + entries[(start + length)..].At(bp: 3)[0] <= RecordPacker.SectorLength - ContinuationLength)
            {
                length += entries[(start + length)..].At(bp: 3)[0];
            }

            // A sector of its own.
            _ = packer.Left > 0 ? packer.Place(packer.Left) : 0;
            areas[count++] = new(packer.Place(RecordPacker.SectorLength), start, length);
            start += length;
        }

        areas[count++] = new(packer.Place(entries.Length - start), start, entries.Length - start);
        return count;
    }

    /// <summary>Writes a CE that leads to an area (SUSP-1.12 §5.1).</summary>
    public static void WriteContinuation(Span<byte> entry, uint block, int offset, int length)
    {
        WriteHeader(entry, "CE"u8, ContinuationLength);
        BothOrders.Write32(entry.At(bp: 5), block);
        BothOrders.Write32(entry.At(bp: 13), (uint)offset);
        BothOrders.Write32(entry.At(bp: 21), (uint)length);
    }

    /// <summary>Writes SP, which begins the root (SUSP-1.12 §5.3).</summary>
    public static void WriteProtocol(Span<byte> entry)
    {
        WriteHeader(entry, "SP"u8, ProtocolLength);
        entry.At(bp: 5)[0] = 0xBE;
        entry.At(bp: 6)[0] = 0xEF;
        entry.At(bp: 7)[0] = 0;
    }

    /// <summary>Writes PX (RRIP-1.12 §4.1.1).</summary>
    public static void WriteAttributes(Span<byte> entry, in NodeAttributes attributes, int mode, uint links, uint serial)
    {
        WriteHeader(entry, "PX"u8, AttributesLength);
        BothOrders.Write32(entry.At(bp: 5), (uint)mode);
        BothOrders.Write32(entry.At(bp: 13), links);
        BothOrders.Write32(entry.At(bp: 21), attributes.Uid);
        BothOrders.Write32(entry.At(bp: 29), attributes.Gid);
        BothOrders.Write32(entry.At(bp: 37), serial);
    }

    /// <summary>Writes TF (RRIP-1.12 §4.1.6).</summary>
    public static void WriteTimes(Span<byte> entry, long modifiedNanoseconds)
    {
        const byte modified = 2;
        WriteHeader(entry, "TF"u8, TimesLength);
        entry.At(bp: 5)[0] = modified;
        IsoDate.WriteNumbers(entry.At(bp: 6), modifiedNanoseconds);
    }

    /// <summary>Writes CL or PL: where the moved directory is, or where it belongs (RRIP-1.12 §4.1.5.1, §4.1.5.2).</summary>
    public static void WriteLink(Span<byte> entry, ReadOnlySpan<byte> signature, uint block)
    {
        WriteHeader(entry, signature, LinkLength);
        BothOrders.Write32(entry.At(bp: 5), block);
    }

    /// <summary>Writes RE: this is shown elsewhere (RRIP-1.12 §4.1.5.3).</summary>
    public static void WriteMoved(Span<byte> entry) => WriteHeader(entry, "RE"u8, MovedLength);

    // SUSP-1.12 §4: signature, length, version.
    private static void WriteHeader(Span<byte> entry, ReadOnlySpan<byte> signature, int length)
    {
        signature.CopyTo(entry);
        entry.At(bp: 3)[0] = (byte)length;
        entry.At(bp: 4)[0] = 1; // version of the entry
    }

    // RRIP-1.12 §4.1.3: components of flags, length and text, in as many SL as it takes.
    private static int ComposeTarget(ReadOnlySpan<byte> target, Span<byte> entries)
    {
        const byte root = 8;
        const byte current = 2;
        const byte parent = 4;
        SlWriter writer = new(entries);
        if (target[0] == (byte)'/')
        {
            writer.Add(root, []);
            target = target[1..];
        }

        while (!target.IsEmpty)
        {
            int slash = target.IndexOf((byte)'/');
            ReadOnlySpan<byte> component = slash < 0 ? target : target[..slash];
            switch (component)
            {
                case [(byte)'.']:
                    writer.Add(current, []);
                    break;
                case [(byte)'.', (byte)'.']:
                    writer.Add(parent, []);
                    break;
                default:
                    writer.Add(0, component);
                    break;
            }

            // A slash at the end is an empty component.
            if (slash == target.Length - 1)
            {
                writer.Add(0, []);
            }

            target = slash < 0 ? [] : target[(slash + 1)..];
        }

        return writer.Finish();
    }

    private static byte[] ComposeExtension()
    {
        ReadOnlySpan<byte> identifier = "IEEE_P1282"u8;
        ReadOnlySpan<byte> description = "THE IEEE P1282 PROTOCOL PROVIDES SUPPORT FOR POSIX FILE SYSTEM SEMANTICS"u8;
        ReadOnlySpan<byte> source = "PLEASE CONTACT THE IEEE STANDARDS DEPARTMENT, PISCATAWAY, NJ, USA FOR THE P1282 SPECIFICATION"u8;
        byte[] bytes = new byte[8 + identifier.Length + description.Length + source.Length];
        Span<byte> entry = bytes;
        WriteHeader(entry, "ER"u8, entry.Length);
        entry.At(bp: 5)[0] = (byte)identifier.Length;
        entry.At(bp: 6)[0] = (byte)description.Length;
        entry.At(bp: 7)[0] = (byte)source.Length;
        entry.At(bp: 8)[0] = 1;
        Span<byte> texts = entry.At(bp: 9);
        identifier.CopyTo(texts);
        description.CopyTo(texts[identifier.Length..]);
        source.CopyTo(texts[(identifier.Length + description.Length)..]);
        return bytes;
    }

    private ref struct SlWriter(Span<byte> entries)
    {
        private readonly Span<byte> _entries = entries;
        private int _start = -1;
        private int _end;

        public void Add(byte flags, ReadOnlySpan<byte> text)
        {
            const byte continued = 1;
            do
            {
                if (_start < 0 || _end - _start + 2 + Math.Min(text.Length, 1) > MaximumEntry)
                {
                    Close(isLast: false);
                    _start = _end;
                    _end += Header;
                }

                int part = Math.Min(text.Length, MaximumEntry - (_end - _start) - 2);
                Span<byte> component = _entries[_end..];
                component.At(bp: 1)[0] = part < text.Length ? (byte)(flags | continued) : flags;
                component.At(bp: 2)[0] = (byte)part;
                text[..part].CopyTo(component.At(bp: 3));
                _end += 2 + part;
                text = text[part..];
            }
            while (!text.IsEmpty);
        }

        public int Finish()
        {
            Close(isLast: true);
            return _end;
        }

        private readonly void Close(bool isLast)
        {
            if (_start >= 0)
            {
                WriteHeader(_entries[_start..], "SL"u8, _end - _start);
                _entries[_start..].At(bp: 5)[0] = isLast ? (byte)0 : (byte)1;
            }
        }
    }
}
