// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Drives.MacOS;

namespace Spindle.Testing.MacOS;

/// <summary>The calls of macOS on simulated discs, by the rules of its drivers (IOCDMediaBSDClient, IOCDBlockStorageDriver, IOMediaBSDClient).</summary>
/// <remarks>
/// What is reserved must be zero, positions and lengths must be whole sectors of the size that was asked for, a driver knows nothing of
/// other families, and a request of which one sector can't be read fails as a whole.
/// </remarks>
/// <param name="discs">The disc of a BSD name; null where there is none.</param>
/// <param name="opened">Told of a BSD name whether anybody has it open.</param>
internal sealed class SimulatedMacCalls(Func<string, SimulatedMacDisc?> discs, Action<string, bool> opened) : IMacCalls
{
    private const int Most = 128 << 10;
    private const int DataSector = 2048;

    private readonly Dictionary<int, (string Name, SimulatedMacDisc Disc)> _open = [];
    private readonly Dictionary<string, ushort> _speeds = [];
    private int _next = 3;

    /// <summary>What opening says; 0 for nothing.</summary>
    public int OpenError { get; set; }

    /// <summary>What reading and asking says from now on; 0 for nothing.</summary>
    public int Error { get; set; }

    /// <summary>Paths that are pipes.</summary>
    public HashSet<string> Streams { get; } = [];

    /// <summary>How many descriptors are open.</summary>
    public int Opened => _open.Count;

    /// <summary>What was read: first sector and sectors.</summary>
    public List<(long Start, int Count)> Reads { get; } = [];

    /// <summary>Runs before each read, with its first sector.</summary>
    public Action<long>? BeforeRead { get; set; }

    public bool IsStream(string path) => Streams.Contains(path);

    public int Open(string node)
    {
        const string prefix = "/dev/r";
        string name = node.StartsWith(prefix, StringComparison.Ordinal) ? node[prefix.Length..] : "";
        if (OpenError != 0 || discs(name) is not { } disc)
        {
            return -(OpenError != 0 ? OpenError : MacError.NoEntry);
        }

        _open.Add(_next, (name, disc));
        opened(name, true);
        return _next++;
    }

    public void Close(int descriptor)
    {
        if (!_open.Remove(descriptor, out (string Name, SimulatedMacDisc Disc) closed))
        {
            throw new InvalidOperationException("closed twice");
        }

        opened(closed.Name, _open.Values.Any(open => open.Name == closed.Name));
    }

    public long Read(int descriptor, Span<byte> buffer, long position)
    {
        BeforeRead?.Invoke(position / 2048);
        buffer.Fill(0xEE); // what is there when a request fails is nothing of the disc
        if (Find(descriptor, out SimulatedMacDisc disc) is var error and not 0)
        {
            return -error;
        }

        int block = disc.BlockSize;
        if (position % block != 0 || buffer.Length % block != 0 || buffer.Length > Most)
        {
            return -MacError.Invalid;
        }

        long first = position / block;
        int count = (int)Math.Clamp(disc.Sectors - first, 0, buffer.Length / block);
        Reads.Add((first, count));
        if (IsBad(disc, first, count))
        {
            return -MacError.InputOutput;
        }

        for (int i = 0; i < count; i++)
        {
            Bytes(disc, first + i, block).CopyTo(buffer[(i * block)..]);
        }

        return count * block;
    }

    public int Control(int descriptor, uint code, Span<byte> parameters, Span<byte> buffer)
    {
        int size = (int)((code >> 16) & 0x1FFF); // as _IOC of sys/ioccom.h puts it in
        if (parameters.Length != size)
        {
            throw new InvalidOperationException($"a structure of {parameters.Length} bytes where {size} are copied");
        }

        if (Find(descriptor, out SimulatedMacDisc disc) is var error and not 0)
        {
            return error;
        }

        return code switch
        {
            MacRequest.GetBlockSize => Put(parameters, (ulong)disc.BlockSize),
            MacRequest.GetBlockCount => Put(parameters, disc.Claimed ?? (ulong)disc.Sectors),
            MacRequest.IsFormatted => Put(parameters, disc.IsFormatted ? 1u : 0u),
            MacRequest.CdRead when disc.IsCd => ReadCd(disc, parameters, buffer),
            MacRequest.CdReadToc when disc.IsCd => ReadToc(disc, parameters, buffer),
            MacRequest.DvdReadStructure when disc.MediaClass == "IODVDMedia" => ReadStructure(disc, parameters, buffer, reserved: [1, 2, 3, 10, 11, 12, 13]),
            MacRequest.BdReadStructure when disc.MediaClass == "IOBDMedia" => ReadStructure(disc, parameters, buffer, reserved: [1, 2, 3, 8, 10, 11, 12, 13]),
            MacRequest.CdReadDiscInfo or MacRequest.DvdReadDiscInfo or MacRequest.BdReadDiscInfo when IsOf(disc, code) =>
                AreZero(parameters[..14]) ? Answer(disc.DiscInformation, parameters, buffer) : MacError.Invalid,
            MacRequest.CdReadTrackInfo or MacRequest.DvdReadTrackInfo or MacRequest.BdReadTrackInfo when IsOf(disc, code) => ReadTrack(disc, parameters, buffer),
            MacRequest.CdGetSpeed or MacRequest.DvdGetSpeed or MacRequest.BdGetSpeed when IsOf(disc, code) =>
                Put(parameters, _speeds.GetValueOrDefault(disc.MediaClass, (ushort)8467)),
            MacRequest.CdSetSpeed or MacRequest.DvdSetSpeed or MacRequest.BdSetSpeed when IsOf(disc, code) => SetSpeed(disc, parameters),
            _ => MacError.NoSuchCall,
        };
    }

    private static bool IsOf(SimulatedMacDisc disc, uint code) => (code & 0xFF) switch
    {
        < 0x80 => disc.IsCd,
        < 0xA0 => disc.MediaClass == "IODVDMedia",
        _ => disc.MediaClass == "IOBDMedia",
    };

    private static int Put(Span<byte> parameters, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        bytes[..parameters.Length].CopyTo(parameters);
        return 0;
    }

    private static bool AreZero(ReadOnlySpan<byte> reserved) => !reserved.ContainsAnyExcept((byte)0);

    private static bool IsBad(SimulatedMacDisc disc, long first, int count) => Enumerable.Range(0, count).Any(i => disc.Bad.Contains(first + i));

    private static byte[] Bytes(SimulatedMacDisc disc, long sector, int size) =>
        size == DataSector ? disc.Content.AsSpan((int)sector * DataSector, DataSector).ToArray() : disc.Raw(sector);

    /// <summary>Bytes of a sector as it is asked for; 0 where such can't be asked for.</summary>
    private static int SizeOf(byte area, byte type)
    {
        if ((area & 0x05) == 0x05 || type > 5 || (type == 0 && (area & 0xF8) is not (0 or 0xF8)) || area == 0)
        {
            return 0;
        }

        int main = (area & 0xF8) switch
        {
            0 => 0,
            0xF8 => 2352,
            0x10 => type is 2 or 4 ? DataSector : type == 1 ? 2352 : 0,
            _ => 0, // others are not asked for here
        };
        return main + ((area & 0x02) != 0 ? 294 : 0) + ((area & 0x01) != 0 ? 96 : 0) + ((area & 0x04) != 0 ? 16 : 0);
    }

    private int ReadCd(SimulatedMacDisc disc, Span<byte> parameters, Span<byte> buffer)
    {
        buffer.Fill(0xEE);
        long offset = BinaryPrimitives.ReadInt64LittleEndian(parameters);
        (byte area, byte type) = (parameters[8], parameters[9]);
        int length = BinaryPrimitives.ReadInt32LittleEndian(parameters[20..]);
        int size = SizeOf(area, type);
        if (!AreZero(parameters[10..20]) || length != buffer.Length || length > Most || size == 0 || offset % size != 0 || length % size != 0)
        {
            return MacError.Invalid;
        }

        (long first, int count) = (offset / size, length / size);
        Reads.Add((first, count));
        bool asData = area == 0x10;
        if (first + count > disc.Sectors || IsBad(disc, first, count) || (asData && first + count > disc.SoundFrom))
        {
            return MacError.InputOutput;
        }

        buffer.Clear();
        for (int i = 0; i < count; i++)
        {
            Bytes(disc, first + i, asData ? DataSector : 2352).CopyTo(buffer[(i * size)..]);
            if ((area & 0x01) != 0)
            {
                disc.SubChannels(first + i).CopyTo(buffer[(((i + 1) * size) - 96)..]);
            }
        }

        return 0;
    }

    private static int ReadToc(SimulatedMacDisc disc, Span<byte> parameters, Span<byte> buffer)
    {
        byte format = parameters[0];
        bool isValid = format is >= 2 and <= 5 && parameters[1] <= 1 && AreZero(parameters[2..7]) && AreZero(parameters[8..14]);
        return isValid ? Answer(disc.Answers.GetValueOrDefault(format, []), parameters, buffer) : MacError.Invalid;
    }

    private static int ReadTrack(SimulatedMacDisc disc, Span<byte> parameters, Span<byte> buffer)
    {
        uint number = BinaryPrimitives.ReadUInt32LittleEndian(parameters[4..]);
        bool isValid = AreZero(parameters[..4]) && parameters[8] <= 2 && AreZero(parameters[9..14]);
        return isValid ? Answer(parameters[8] == 1 ? disc.Tracks.GetValueOrDefault(number, []) : [], parameters, buffer) : MacError.Invalid;
    }

    private static int ReadStructure(SimulatedMacDisc disc, Span<byte> parameters, Span<byte> buffer, int[] reserved)
    {
        foreach (int place in reserved)
        {
            if (parameters[place] != 0)
            {
                return MacError.Invalid;
            }
        }

        int error = Answer(disc.Answers.GetValueOrDefault(parameters[0], []), parameters, buffer);
        BinaryPrimitives.WriteUInt16LittleEndian(parameters[14..], (ushort)buffer.Length); // _IOW: nothing comes back in the structure
        return error;
    }

    private static int Answer(byte[] answer, Span<byte> parameters, Span<byte> buffer)
    {
        if (BinaryPrimitives.ReadUInt16LittleEndian(parameters[14..]) != buffer.Length)
        {
            throw new InvalidOperationException("the driver would write beyond the buffer, or not fill it");
        }

        if (answer.Length == 0)
        {
            return MacError.InputOutput; // CHECK CONDITION, whatever its sense
        }

        int length = Math.Min(answer.Length, buffer.Length);
        answer.AsSpan(0, length).CopyTo(buffer);
        BinaryPrimitives.WriteUInt16LittleEndian(parameters[14..], (ushort)length);
        return 0;
    }

    private int SetSpeed(SimulatedMacDisc disc, ReadOnlySpan<byte> parameters)
    {
        _speeds[disc.MediaClass] = BinaryPrimitives.ReadUInt16LittleEndian(parameters);
        return 0;
    }

    private int Find(int descriptor, out SimulatedMacDisc disc)
    {
        if (!_open.TryGetValue(descriptor, out (string Name, SimulatedMacDisc Disc) open))
        {
            throw new InvalidOperationException("not open");
        }

        disc = open.Disc;
        return Error != 0 ? Error : discs(open.Name) == open.Disc ? 0 : MacError.NoSuchDevice;
    }
}
