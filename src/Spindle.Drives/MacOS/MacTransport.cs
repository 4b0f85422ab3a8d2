// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Drives.Mmc;

namespace Spindle.Drives.MacOS;

/// <summary>Carries out the commands for optical drives by what macOS lets its users ask of a disc, and refuses the others as a drive that does not know them.</summary>
/// <remarks>
/// macOS passes no commands on while it knows the disc itself: sense data, tries of the drive and reading past its memory (FUA) can't be
/// had. A request that fails, fails as a whole.
/// </remarks>
internal sealed class MacTransport : IScsiTransport
{
    private const int DataSector = 2048;
    private const int RawSector = 2352;

    private static readonly Sense UnknownCommand = new(SenseKey.IllegalRequest, 0x20, 0x00);
    private static readonly Sense InvalidField = new(SenseKey.IllegalRequest, 0x24, 0x00);
    private static readonly Sense OutOfRange = new(SenseKey.IllegalRequest, 0x21, 0x00);
    private static readonly Sense NoMedium = new(SenseKey.NotReady, 0x3A, 0x00);
    private static readonly Sense Unreadable = new(SenseKey.MediumError, 0x11, 0x00);
    private static readonly Sense Failure = new(SenseKey.HardwareError, 0x44, 0x00);
    private static readonly Sense GivenUp = new(SenseKey.AbortedCommand, 0x00, 0x00);

    private readonly IMacCalls _calls;
    private readonly string _path;
    private readonly RegisteredDrive? _drive;
    private readonly RegisteredDisc? _disc;
    private readonly Func<bool> _isAttached;
    private readonly int _blockSize;
    private int _descriptor;

    /// <param name="calls">The system.</param>
    /// <param name="path">The drive as the user named it.</param>
    /// <param name="descriptor">The disc's raw node; closed with this. -1 where there is no disc.</param>
    /// <param name="drive">What the system knows of the drive; null where it is none.</param>
    /// <param name="disc">What it knows of the disc; null where there is none.</param>
    /// <param name="isAttached">Whether the drive is there still.</param>
    public MacTransport(IMacCalls calls, string path, int descriptor, RegisteredDrive? drive, RegisteredDisc? disc, Func<bool> isAttached)
    {
        (_calls, _path, _descriptor, _drive, _disc, _isAttached) = (calls, path, descriptor, drive, disc, isAttached);
        byte[] size = new byte[sizeof(uint)];
        _blockSize = descriptor >= 0 && calls.Control(descriptor, MacRequest.GetBlockSize, size, []) == 0 ? BinaryPrimitives.ReadInt32LittleEndian(size) : 0;
    }

    /// <summary>Whether the node's own blocks are raw sectors of a CD, so that its data must be asked for.</summary>
    private bool HasRawBlocks => _disc?.Family == DiscFamily.Cd && _blockSize == RawSector;

    private int SectorSize => HasRawBlocks ? DataSector : _blockSize;

    public ScsiReply Execute(ReadOnlySpan<byte> command, Span<byte> data, TimeSpan timeout) => command[0] switch
    {
        0x00 => TestReady(),
        0x12 => _drive is null ? ScsiReply.Refused(UnknownCommand) : Answer(MacReplies.Inquiry(_drive), data),
        0x46 => _drive is null ? ScsiReply.Refused(UnknownCommand) : Answer(MacReplies.Configuration(_drive, CurrentProfile()), data),
        _ when _descriptor < 0 => ScsiReply.Refused(NoMedium),
        0x25 => ReadCapacity(data),
        0x28 => Read(BinaryPrimitives.ReadUInt32BigEndian(command[2..]), data),
        0xBE => ReadCd(command, data),
        0x43 => ReadToc(command, data),
        0x51 => Ask(Of(MacRequest.CdReadDiscInfo, MacRequest.DvdReadDiscInfo, MacRequest.BdReadDiscInfo), MacRequest.ReadDiscInfo((ushort)data.Length), data),
        0x52 => Ask(
            Of(MacRequest.CdReadTrackInfo, MacRequest.DvdReadTrackInfo, MacRequest.BdReadTrackInfo),
            MacRequest.ReadTrackInfo(BinaryPrimitives.ReadUInt32BigEndian(command[2..]), (byte)(command[1] & 0x03), (ushort)data.Length),
            data),
        0xAD => ReadStructure(command, data),
        0x23 => ReadFormatCapacities(data),
        0x5A when (command[2] & 0x3F) == ReadingSpeed.Page => ReadSpeed(data),
        0xBB => SetSpeed(BinaryPrimitives.ReadUInt16BigEndian(command[2..])),
        _ => ScsiReply.Refused(UnknownCommand),
    };

    public ScsiReply Send(ReadOnlySpan<byte> command, ReadOnlySpan<byte> data, TimeSpan timeout) => ScsiReply.Refused(UnknownCommand);

    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            _calls.Close(_descriptor);
            _descriptor = -1;
        }
    }

    private ScsiReply TestReady() => _descriptor < 0 ? ScsiReply.Refused(NoMedium)
        : TryCount(out _) is var error and not 0 ? Refuse(error)
        : ScsiReply.Good(0);

    /// <summary>What the system says, and the disc of its layers.</summary>
    private Profile CurrentProfile()
    {
        Profile profile = _disc?.Profile ?? Profile.None;
        if (_descriptor < 0 || MacReplies.OfTwoLayers(profile) == profile)
        {
            return profile;
        }

        byte[] format = new byte[DvdPhysicalFormat.Length];
        ScsiReply reply = Execute(MmcCommand.ReadDiscStructure(StructureMedia.Dvd, DvdPhysicalFormat.Format, layer: 0, DvdPhysicalFormat.Length), format, TimeSpan.Zero);
        return reply.IsGood && DvdPhysicalFormat.Parse(format.AsSpan(0, reply.Length)) is { Layers: 2 } ? MacReplies.OfTwoLayers(profile) : profile;
    }

    private ScsiReply ReadCapacity(Span<byte> data) =>
        TryCount(out long blocks) is var error and not 0 ? Refuse(error)
        : blocks == 0 || SectorSize == 0 ? ScsiReply.Refused(InvalidField)
        : blocks > uint.MaxValue ? throw Failures.CannotOpen(_path, "it has more sectors than 32 bits can count")
        : Answer(MacReplies.Capacity(blocks, SectorSize), data);

    private ScsiReply Read(uint first, Span<byte> data)
    {
        if (SectorSize == 0 || data.Length % SectorSize != 0)
        {
            return ScsiReply.Refused(InvalidField);
        }

        if (HasRawBlocks)
        {
            return ReadArea((long)first * DataSector, MacRequest.UserArea, MacRequest.Mode1, data);
        }

        long read = _calls.Read(_descriptor, data, (long)first * _blockSize);
        return read >= 0 ? ScsiReply.Good((int)read) : Refuse((int)-read);
    }

    private ScsiReply ReadCd(ReadOnlySpan<byte> command, Span<byte> data)
    {
        int count = (command[6] << 16) | (command[7] << 8) | command[8];
        SubChannelSelection subChannel = (SubChannelSelection)(command[10] & 0x07);
        if (!HasRawBlocks || count == 0 || data.Length % count != 0 || subChannel is not (SubChannelSelection.None or SubChannelSelection.Raw or SubChannelSelection.Q))
        {
            return ScsiReply.Refused(InvalidField);
        }

        // The bits of byte 9 as they are; below them, where the command has nothing or what it has elsewhere, those of sub-channels.
        byte area = (byte)((command[9] & 0xFA) | (subChannel == SubChannelSelection.Raw ? 0x01 : subChannel == SubChannelSelection.Q ? 0x04 : 0x00));
        return ReadArea(BinaryPrimitives.ReadUInt32BigEndian(command[2..]) * (long)(data.Length / count), area, (byte)((command[1] >> 2) & 0x07), data);
    }

    private ScsiReply ReadArea(long offset, byte area, byte type, Span<byte> data)
    {
        byte[] request = MacRequest.ReadCd(offset, area, type, data.Length);
        int error = _calls.Control(_descriptor, MacRequest.CdRead, request, data);
        return error == 0 ? ScsiReply.Good(Math.Clamp(MacRequest.LengthOf(request), 0, data.Length)) : Refuse(error);
    }

    private ScsiReply ReadToc(ReadOnlySpan<byte> command, Span<byte> data)
    {
        if (_disc?.Family != DiscFamily.Cd)
        {
            return ScsiReply.Refused(InvalidField);
        }

        TocFormat format = (TocFormat)(command[2] & 0x0F);
        if (format is not (TocFormat.Tracks or TocFormat.Sessions))
        {
            return Ask(MacRequest.CdReadToc, MacRequest.ReadToc((byte)format, command[6], (ushort)data.Length), data);
        }

        // What macOS does not ask the drive for is made of the lead-ins, of which drives make it, too.
        byte[] leadIns = new byte[RawToc.Length];
        ScsiReply reply = Ask(MacRequest.CdReadToc, MacRequest.ReadToc((byte)TocFormat.Full, 1, RawToc.Length), leadIns);
        return !reply.IsGood ? reply
            : MacReplies.Toc(format, RawToc.Parse(leadIns.AsSpan(0, reply.Length))) is { } toc ? Answer(toc, data)
            : ScsiReply.Refused(InvalidField);
    }

    private ScsiReply ReadStructure(ReadOnlySpan<byte> command, Span<byte> data)
    {
        uint? code = ((StructureMedia)(command[1] & 0x0F), _disc?.Family) switch
        {
            (StructureMedia.Dvd, DiscFamily.Dvd or DiscFamily.HdDvd) => MacRequest.DvdReadStructure,
            (StructureMedia.Bluray, DiscFamily.Bluray) => MacRequest.BdReadStructure,
            _ => null,
        };
        ScsiReply reply = Ask(code, MacRequest.ReadStructure(command[7], BinaryPrimitives.ReadUInt32BigEndian(command[2..]), command[6], (ushort)data.Length), data);

        // How long the answer is comes not back in the request, but stands in front of the answer.
        return reply.IsGood && data.Length >= 2 ? ScsiReply.Good(Math.Min(data.Length, BinaryPrimitives.ReadUInt16BigEndian(data) + 2)) : reply;
    }

    private ScsiReply ReadFormatCapacities(Span<byte> data)
    {
        byte[] isFormatted = new byte[sizeof(uint)];
        int error = TryCount(out long blocks);
        error = error != 0 ? error : _calls.Control(_descriptor, MacRequest.IsFormatted, isFormatted, []);
        return error != 0 ? Refuse(error) : Answer(MacReplies.FormatCapacity(blocks, SectorSize, isFormatted.AsSpan().ContainsAnyExcept((byte)0)), data);
    }

    private ScsiReply ReadSpeed(Span<byte> data)
    {
        byte[] speed = new byte[sizeof(ushort)];
        ScsiReply reply = Ask(Of(MacRequest.CdGetSpeed, MacRequest.DvdGetSpeed, MacRequest.BdGetSpeed), speed, []);
        return reply.IsGood ? Answer(MacReplies.SpeedPage(BinaryPrimitives.ReadUInt16LittleEndian(speed)), data) : reply;
    }

    private ScsiReply SetSpeed(ushort kilobytesPerSecond)
    {
        byte[] speed = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(speed, kilobytesPerSecond);
        return Ask(Of(MacRequest.CdSetSpeed, MacRequest.DvdSetSpeed, MacRequest.BdSetSpeed), speed, []);
    }

    /// <summary>The code of the family that the disc is of; the driver of another one does not know it.</summary>
    private uint? Of(uint cd, uint dvd, uint bluray) => _disc?.Family switch
    {
        DiscFamily.Cd => cd,
        DiscFamily.Dvd or DiscFamily.HdDvd => dvd,
        DiscFamily.Bluray => bluray,
        _ => null,
    };

    private ScsiReply Ask(uint? code, byte[] request, Span<byte> data)
    {
        if (code is not { } known)
        {
            return ScsiReply.Refused(UnknownCommand);
        }

        int error = _calls.Control(_descriptor, known, request, data);
        return error != 0 ? Refuse(error) : ScsiReply.Good(data.IsEmpty ? 0 : Math.Clamp(MacRequest.LengthOf(request), 0, data.Length));
    }

    private int TryCount(out long blocks)
    {
        byte[] count = new byte[sizeof(ulong)];
        int error = _calls.Control(_descriptor, MacRequest.GetBlockCount, count, []);
        blocks = (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(count), long.MaxValue);
        return error;
    }

    /// <summary>What a drive would have said for an error of the system.</summary>
    /// <exception cref="IOException">The drive is gone.</exception>
    /// <exception cref="Media.OperationFailedException">Another program took the drive for itself.</exception>
    private ScsiReply Refuse(int error) => error switch
    {
        _ when MacError.IsGone(error) => _isAttached() ? ScsiReply.Refused(NoMedium) : throw new IOException("it is not connected any more", error),
        MacError.Permission or MacError.Access => throw Failures.Busy(_path),
        MacError.InputOutput or MacError.TimedOut => ScsiReply.Refused(Unreadable),
        MacError.DeviceError => ScsiReply.Refused(Failure),
        MacError.Busy => ScsiReply.Refused(GivenUp),
        MacError.Invalid => ScsiReply.Refused(OutOfRange),
        MacError.NoSuchCall or MacError.NotSupported => ScsiReply.Refused(UnknownCommand),
        _ => ScsiReply.Refused(Failure),
    };

    private static ScsiReply Answer(byte[] reply, Span<byte> data)
    {
        int length = Math.Min(reply.Length, data.Length);
        reply.AsSpan(0, length).CopyTo(data);
        return ScsiReply.Good(length);
    }
}
