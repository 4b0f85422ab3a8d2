// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Drives.Mmc;

namespace Spindle.Drives.MacOS;

/// <summary>Replies to commands, as a drive would give them, made of what macOS knows (SPC-4, MMC-6). Pure.</summary>
internal static class MacReplies
{
    private const byte OpticalDrive = 0x05;
    private const byte Removable = 0x80;

    /// <summary>INQUIRY: who the drive is.</summary>
    public static byte[] Inquiry(RegisteredDrive drive)
    {
        byte[] reply = new byte[InquiryData.Length];
        reply[0] = OpticalDrive;
        reply[1] = Removable;
        reply[4] = InquiryData.Length - 5;
        WriteText(reply.AsSpan(8, 8), drive.Vendor);
        WriteText(reply.AsSpan(16, 16), drive.Model);
        WriteText(reply.AsSpan(32, 4), drive.Firmware);
        return reply;
    }

    /// <summary>GET CONFIGURATION: the disc's profile, and the list of those that the drive knows.</summary>
    public static byte[] Configuration(RegisteredDrive drive, Profile current)
    {
        const int header = 8;
        const int feature = 4;
        Profile[] known = [.. drive.Reads.Append(current).Where(profile => profile != Profile.None).Distinct()];
        byte[] reply = new byte[header + feature + (known.Length * 4)];
        BinaryPrimitives.WriteInt32BigEndian(reply, reply.Length - 4);
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(6), (ushort)current);
        reply[header + 2] = 0x03; // persistent, current
        reply[header + 3] = (byte)(known.Length * 4);
        for (int i = 0; i < known.Length; i++)
        {
            Span<byte> entry = reply.AsSpan(header + feature + (i * 4));
            BinaryPrimitives.WriteUInt16BigEndian(entry, (ushort)known[i]);
            entry[2] = known[i] == current ? (byte)1 : (byte)0;
        }

        return reply;
    }

    /// <summary>The profile of a disc with two layers, of which macOS says no more than the kind.</summary>
    public static Profile OfTwoLayers(Profile profile) => profile switch
    {
        Profile.DvdMinusR => Profile.DvdMinusRDualLayer,
        Profile.DvdMinusRwSequential => Profile.DvdMinusRwDualLayer,
        Profile.DvdPlusR => Profile.DvdPlusRDualLayer,
        Profile.DvdPlusRw => Profile.DvdPlusRwDualLayer,
        _ => profile,
    };

    /// <summary>READ CAPACITY (10).</summary>
    /// <param name="blocks">At least 1; at most what 32 bits hold.</param>
    /// <param name="size">Bytes of one.</param>
    public static byte[] Capacity(long blocks, int size)
    {
        byte[] reply = new byte[MediumCapacity.Length];
        BinaryPrimitives.WriteUInt32BigEndian(reply, (uint)(blocks - 1));
        BinaryPrimitives.WriteInt32BigEndian(reply.AsSpan(4), size);
        return reply;
    }

    /// <summary>READ FORMAT CAPACITIES: the one that the disc has.</summary>
    public static byte[] FormatCapacity(long blocks, int size, bool isFormatted)
    {
        byte[] reply = new byte[12];
        reply[3] = 8;
        BinaryPrimitives.WriteUInt32BigEndian(reply.AsSpan(4), (uint)Math.Min(blocks, uint.MaxValue));
        BinaryPrimitives.WriteInt32BigEndian(reply.AsSpan(8), size & 0xFF_FFFF);
        reply[8] = isFormatted ? (byte)2 : (byte)1;
        return reply;
    }

    /// <summary>MODE SENSE (10), page 2Ah: macOS knows how fast the drive reads now, and not how fast it could.</summary>
    public static byte[] SpeedPage(ushort current)
    {
        const int header = 8;
        const int page = 24;
        byte[] reply = new byte[header + page];
        BinaryPrimitives.WriteUInt16BigEndian(reply, (ushort)(reply.Length - 2));
        reply[header] = ReadingSpeed.Page;
        reply[header + 1] = page - 2;
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(header + 8), ReadingSpeed.Unlimited);
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(header + 14), current);
        return reply;
    }

    /// <summary>READ TOC/PMA/ATIP, formats 0 and 1, of the lead-ins (format 2).</summary>
    /// <returns>Null where these tell of no track.</returns>
    public static byte[]? Toc(TocFormat format, RawToc? leadIns)
    {
        RawTocEntry[] tracks = [.. (leadIns?.Entries ?? []).Where(entry => entry.IsTrack && entry.Sector >= 0).DistinctBy(entry => entry.Point).OrderBy(entry => entry.Point)];
        if (tracks.Length == 0)
        {
            return null;
        }

        int lastSession = tracks.Max(track => track.Session);
        if (format == TocFormat.Sessions)
        {
            return List(tracks.Min(track => track.Session), lastSession, [tracks.First(track => track.Session == lastSession)]);
        }

        IEnumerable<RawTocEntry> leadOut = leadIns!.LeadOutOf(lastSession) is { } sector ? [tracks[^1] with { Point = TocTrack.LeadOut, Sector = sector }] : [];
        return List(tracks[0].Point, tracks[^1].Point, [.. tracks, .. leadOut]);
    }

    private static byte[] List(int first, int last, RawTocEntry[] entries)
    {
        byte[] reply = new byte[4 + (entries.Length * TableOfContents.EntryLength)];
        BinaryPrimitives.WriteUInt16BigEndian(reply, (ushort)(reply.Length - 2));
        (reply[2], reply[3]) = ((byte)first, (byte)last);
        for (int i = 0; i < entries.Length; i++)
        {
            Span<byte> entry = reply.AsSpan(4 + (i * TableOfContents.EntryLength));
            entry[1] = (byte)((entries[i].Adr << 4) | entries[i].Control);
            entry[2] = (byte)entries[i].Point;
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], (int)entries[i].Sector);
        }

        return reply;
    }

    private static void WriteText(Span<byte> field, string? text)
    {
        field.Fill((byte)' ');
        byte[] bytes = Encoding.ASCII.GetBytes(text ?? "");
        bytes.AsSpan(0, Math.Min(bytes.Length, field.Length)).CopyTo(field);
    }
}
