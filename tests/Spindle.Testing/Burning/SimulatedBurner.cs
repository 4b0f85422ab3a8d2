// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Drives;
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Testing.Burning;

/// <summary>A drive with a disc that is burned, which answers as MMC-6 says, and goes wrong where it is told to.</summary>
/// <remarks>The lab's burner (tests/lab/burner.py) is the same for the whole program; this one takes milliseconds.</remarks>
public sealed class SimulatedBurner : IDiscDevice, IScsiTransport
{
    private const int SectorSize = 2048;

    private readonly List<byte[]> _commands = [];
    private byte[] _data = [];
    private long _next;
    private long _reserved;
    private bool _isTest;
    private bool _wasTestBegun;
    private int _busy;

    public SimulatedBurner(Profile profile, int capacity = 2000) => Insert(profile, capacity);

    public string Path { get; init; } = "/dev/sr0";

    public Profile Profile { get; private set; }

    public int Capacity { get; private set; }

    public DiscState State { get; set; }

    public bool IsFormatted { get; set; }

    public bool IsLocked { get; private set; }

    public bool IsTrayOpen { get; set; }

    public bool IsDamaged { get; set; }

    public int SessionsEnded { get; private set; }

    /// <summary>Sectors that can't be written, and what is said of them.</summary>
    public Dictionary<long, Sense> Unwritable { get; } = [];

    /// <summary>Sectors that are written without complaint, and can't be read.</summary>
    public HashSet<long> Weak { get; } = [];

    /// <summary>Sectors that read back as others.</summary>
    public HashSet<long> Flipped { get; } = [];

    /// <summary>A sector of which it is said with the write after next that it failed.</summary>
    public long? Late { get; set; }

    /// <summary>Takes everything, writes nothing.</summary>
    public bool IsLiar { get; set; }

    public bool IsProtected { get; set; }

    public bool IsPseudoOverwrite { get; set; }

    /// <summary>Whether the drive only reads.</summary>
    public bool IsReader { get; set; }

    /// <summary>What opening the tray by a command is answered with instead.</summary>
    public Sense? KeepsShut { get; set; }

    /// <summary>The tray does not close again.</summary>
    public bool StaysOpen { get; set; }

    /// <summary>How discs get in: 1 a tray.</summary>
    public int Mechanism { get; set; } = 1;

    /// <summary>What commands are answered with instead, by their first bytes.</summary>
    public Dictionary<byte, Sense> Refused { get; } = [];

    /// <summary>Which closing is refused.</summary>
    public Sense? ClosingFails { get; set; }

    /// <summary>Closing is said to have gone well, and was not done.</summary>
    public bool StaysUnclosed { get; set; }

    /// <summary>The drive is gone when this sector is to be written.</summary>
    public long? GoneAt { get; set; }

    /// <summary>Called with each sector number before it is written.</summary>
    public Action<long>? Writing { get; set; }

    /// <summary>Called with the number of each command before the drive does it.</summary>
    public Action<int>? Commanding { get; set; }

    /// <summary>How often the drive says that it is busy before it is ready; negative for ever.</summary>
    public int BusyTimes { get; set; } = 2;

    /// <summary>How often a write is answered with "busy" first.</summary>
    public int BusyWrites { get; set; }

    /// <summary>Commands that it was sent.</summary>
    public IReadOnlyList<byte[]> Commands => _commands;

    /// <summary>Format types that it was told to format with.</summary>
    public List<int> FormatTypes { get; } = [];

    public IReadOnlyList<DeviceMount> Mounts { get; set; } = [];

    public OperationFailedException? OpeningFails { get; set; }

    /// <summary>Called when it is opened to write.</summary>
    public Action? Opening { get; set; }

    /// <summary>The discs that are put in, one after the other, when the drive was opened.</summary>
    public Queue<Action<SimulatedBurner>> NextDiscs { get; } = [];

    /// <summary>First bytes of the commands that were sent, one after the other, repeats and questions left out.</summary>
    public IEnumerable<string> Orders
    {
        get
        {
            byte[] told = [0x04, 0x2A, 0x35, 0x53, 0x54, 0x55, 0x5B, 0x5D, 0xA1, 0xB6, 0xBB];
            string last = "";
            foreach (byte[] command in _commands.Where(command => told.Contains(command[0])))
            {
                string name = command[0] == 0x5B ? $"5B/{command[2]}" : $"{command[0]:X2}";
                if (name != last)
                {
                    yield return name;
                }

                last = name;
            }
        }
    }

    private bool IsOverwritable => Profile.IsFormatted();

    private bool IsSequential => !IsOverwritable;

    public void Insert(Profile profile, int capacity = 2000)
    {
        (Profile, Capacity, _data) = (profile, capacity, new byte[capacity * SectorSize]);
        (_next, _reserved, IsTrayOpen, IsFormatted, IsDamaged) = (0, 0, false, profile == Profile.DvdRam, false);
        State = profile == Profile.DvdRam ? DiscState.Other : DiscState.Blank;
    }

    /// <summary>The disc of another drive comes into this one.</summary>
    public void Take(SimulatedBurner other)
    {
        Insert(other.Profile, other.Capacity);
        other._data.CopyTo(_data, 0);
        (_next, State, IsFormatted) = (other._next, other.State, other.IsFormatted);
        other.IsTrayOpen = true;
    }

    /// <summary>Puts something on the disc.</summary>
    public SimulatedBurner Holding(ReadOnlySpan<byte> data, DiscState state = DiscState.Finalised)
    {
        data.CopyTo(_data);
        (_next, State, IsFormatted) = (data.Length / SectorSize, state, true);
        return this;
    }

    /// <summary>What is on the disc.</summary>
    public ReadOnlySpan<byte> Contents(int length) => _data.AsSpan(0, length);

    public ScsiReply Execute(ReadOnlySpan<byte> command, Span<byte> data, TimeSpan timeout) => Do(command, [], data);

    public ScsiReply Send(ReadOnlySpan<byte> command, ReadOnlySpan<byte> data, TimeSpan timeout) => Do(command, data, []);

    public DeviceDescription Describe() => new() { Node = Path, IsOptical = true };

    public MediumStatus GetMediumStatus()
    {
        if (IsTrayOpen && NextDiscs.TryDequeue(out Action<SimulatedBurner>? insert))
        {
            insert(this);
            return MediumStatus.TrayOpen;
        }

        return IsTrayOpen ? MediumStatus.TrayOpen : MediumStatus.Ready;
    }

    public DiscSurvey? TrySurvey() => DiscSurveyor.Survey(new(this));

    public DriveTuning? TryTune() => null;

    public IScsiTransport OpenForWriting()
    {
        Opening?.Invoke();
        return OpeningFails is null ? this : throw OpeningFails;
    }

    public IReadOnlyList<DeviceMount> GetMounts() => Mounts;

    public ISectorReader OpenMedium(long leadOut, out CacheBypass bypass) => throw new NotSupportedException();

    public void Unmount(DeviceMount mount) => throw new NotSupportedException();

    public void Mount(DeviceMount mount) => throw new NotSupportedException();

    public void Eject() => IsTrayOpen = true;

    public void Dispose()
    {
    }

    private static ScsiReply Refuse(SenseKey key, byte code, byte qualifier = 0, long? sector = null) =>
        ScsiReply.Refused(new Sense(key, code, qualifier) { Information = sector });

    private ScsiReply Do(ReadOnlySpan<byte> command, ReadOnlySpan<byte> sent, Span<byte> answer)
    {
        Commanding?.Invoke(_commands.Count);
        _commands.Add(command.ToArray());
        if (Refused.TryGetValue(command[0], out Sense sense))
        {
            return ScsiReply.Refused(sense);
        }

        if (IsTrayOpen && command[0] is not (0x12 or 0x46 or 0x1B or 0x1E or 0x5A or 0x4A))
        {
            return Refuse(SenseKey.NotReady, 0x3A, 0x02);
        }

        return command[0] switch
        {
            0x00 => TestReady(),
            0x12 => Answer(answer, Inquiry()),
            0x1B => Move(command[4]),
            0x1E => Lock((command[4] & 1) != 0),
            0x23 when IsOverwritable || Profile == Profile.BdRSequential => Answer(answer, FormatCapacities()),
            0x25 => Answer(answer, [.. Number(Readable - 1), .. Number(SectorSize)]),
            0x28 => Read(BinaryPrimitives.ReadUInt32BigEndian(command[2..]), BinaryPrimitives.ReadUInt16BigEndian(command[7..]), answer),
            0xA8 => Read(BinaryPrimitives.ReadUInt32BigEndian(command[2..]), BinaryPrimitives.ReadUInt32BigEndian(command[6..]), answer),
            0x2A => Write(BinaryPrimitives.ReadInt32BigEndian(command[2..]), sent),
            0x35 => Flush(),
            0x46 => Answer(answer, Configuration()),
            0x51 => Answer(answer, DiscInformation()),
            0x52 => Answer(answer, Track()),
            0x53 => Reserve(BinaryPrimitives.ReadUInt32BigEndian(command[5..])),
            0x54 or 0xB6 or 0xBB => ScsiReply.Good(0),
            0x55 => Select(sent),
            0x5A => Answer(answer, ModePages(command[2])),
            0x5B => Close(command[2]),
            0x5C => Answer(answer, [0, 10, 0, 0, .. Number(1000), .. Number(200)]),
            0x5D => ScsiReply.Good(0),
            0x04 => Format(sent),
            0xA1 => Blank(),
            0xAD when Profile.Family() == DiscFamily.Bluray && command[7] == SpareArea.Format => Answer(answer, [0, 14, 0, 0, .. Number(0), .. Number(64), .. Number(64)]),
            _ => Refuse(SenseKey.IllegalRequest, 0x20),
        };
    }

    private static ScsiReply Answer(Span<byte> answer, byte[] data)
    {
        int length = Math.Min(answer.Length, data.Length);
        data.AsSpan(0, length).CopyTo(answer);
        return ScsiReply.Good(length);
    }

    private static byte[] Number(long value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)value);
        return bytes;
    }

    private ScsiReply Reserve(long sectors)
    {
        _reserved = sectors;
        return ScsiReply.Good(0);
    }

    private ScsiReply Begin()
    {
        _busy = BusyTimes;
        return ScsiReply.Good(0);
    }

    private ScsiReply TestReady()
    {
        if (_busy == 0)
        {
            return ScsiReply.Good(0);
        }

        _busy -= _busy > 0 ? 1 : 0;
        return ScsiReply.Refused(new Sense(SenseKey.NotReady, 0x04, 0x07) { Progress = _busy < 0 ? null : 1.0 / (_busy + 1) });
    }

    private static byte[] Inquiry()
    {
        byte[] reply = new byte[36];
        (reply[0], reply[1], reply[4]) = (5, 0x80, 31);
        "SPINDLE SIMULATED BURNR 1.0 "u8.CopyTo(reply.AsSpan(8));
        return reply;
    }

    private ScsiReply Move(int motion)
    {
        if (motion == (int)TrayMotion.Eject && IsLocked)
        {
            return Refuse(SenseKey.IllegalRequest, 0x53, 0x02);
        }

        if (motion == (int)TrayMotion.Eject && KeepsShut is { } sense)
        {
            return ScsiReply.Refused(sense);
        }

        IsTrayOpen = motion == (int)TrayMotion.Eject || (IsTrayOpen && StaysOpen);
        return ScsiReply.Good(0);
    }

    private ScsiReply Lock(bool isLocked)
    {
        IsLocked = isLocked;
        return ScsiReply.Good(0);
    }

    private long Readable => IsOverwritable ? IsFormatted ? Capacity : 1 : Math.Max(_next, 1);

    private byte[] FormatCapacities()
    {
        List<byte> list = [.. Number(Capacity), (byte)(IsFormatted ? 2 : 1), 0, 8, 0];
        foreach ((long sectors, int type) in Profile switch
        {
            Profile.BdRe => [(Capacity - 64, 0), (Capacity, 0x31)],
            Profile.DvdPlusRw => [(Capacity, 0x26)],
            Profile.BdRSequential => [(Capacity - 64, 0), (Capacity - 128, 0x32)],
            _ => new (long, int)[] { (Capacity, 0) },
        })
        {
            list.AddRange([.. Number(sectors), (byte)(type << 2), 0, 0, 0]);
        }

        return [0, 0, 0, (byte)list.Count, .. list];
    }

    private ScsiReply Read(long sector, long count, Span<byte> answer)
    {
        for (long i = sector; i < sector + count; i++)
        {
            if (i >= Readable || (IsOverwritable && !IsFormatted))
            {
                return Refuse(SenseKey.IllegalRequest, 0x21, 0, i);
            }

            if (Weak.Contains(i))
            {
                return Refuse(SenseKey.MediumError, 0x11, 0, i);
            }

            Span<byte> place = answer.Slice((int)(i - sector) * SectorSize, SectorSize);
            _data.AsSpan((int)i * SectorSize, SectorSize).CopyTo(place);
            place[7] ^= Flipped.Contains(i) ? (byte)0x10 : (byte)0;
        }

        return ScsiReply.Good((int)count * SectorSize);
    }

    private ScsiReply Write(int sector, ReadOnlySpan<byte> sent)
    {
        int count = sent.Length / SectorSize;
        if (BusyWrites > 0)
        {
            BusyWrites--;
            return Refuse(SenseKey.NotReady, 0x04, 0x08);
        }

        Writing?.Invoke(sector);
        if (GoneAt is { } gone && gone < sector + count)
        {
            throw new IOException("no such device");
        }

        if (Late is { } late && late + 64 <= sector)
        {
            Late = null;
            return ScsiReply.Refused(new Sense(SenseKey.MediumError, 0x0C, 0) { Information = late, IsDeferred = true });
        }

        foreach ((long bad, Sense sense) in Unwritable.Where(bad => bad.Key >= sector && bad.Key < sector + count))
        {
            return ScsiReply.Refused(sense with { Information = bad });
        }

        if (IsLiar || sector < 0)
        {
            return ScsiReply.Good(0);
        }

        if (IsSequential && (sector != _next || State == DiscState.Finalised))
        {
            return Refuse(SenseKey.IllegalRequest, 0x21, 0x02, sector);
        }

        if (sector + count > Capacity || (IsOverwritable && !IsFormatted))
        {
            return Refuse(SenseKey.IllegalRequest, 0x21, 0, sector);
        }

        if (!_isTest)
        {
            sent.CopyTo(_data.AsSpan(sector * SectorSize));
            State = State == DiscState.Blank ? DiscState.Appendable : State;
        }

        _wasTestBegun = _isTest;
        _next = sector + count;
        return ScsiReply.Good(0);
    }

    private ScsiReply Flush()
    {
        if (_wasTestBegun)
        {
            (_next, _wasTestBegun) = (0, false);
        }
        else if (!IsLiar && !StaysUnclosed && (Profile.Family() == DiscFamily.Cd || (_reserved > 0 && _next == _reserved)))
        {
            State = DiscState.Finalised; // all at once, and all is there
        }

        return Begin();
    }

    private byte[] Configuration()
    {
        ushort feature = Profile switch
        {
            Profile.CdR or Profile.CdRw => 0x002E,
            Profile.DvdMinusR or Profile.DvdMinusRwSequential => 0x002F,
            Profile.DvdPlusR => 0x002B,
            Profile.DvdPlusRDualLayer => 0x003B,
            Profile.DvdPlusRw => 0x002A,
            Profile.BdRSequential => 0x0041,
            _ => 0x0020,
        };
        bool isWritable = !IsReader && (State != DiscState.Finalised || IsOverwritable);
        List<byte> list = IsReader ? [] : [(byte)(feature >> 8), (byte)feature, (byte)(isWritable ? 1 : 0), 4, 1, 0, 0, 0];
        if (IsPseudoOverwrite)
        {
            list.AddRange([0, 0x38, 1, 4, 0, 0, 0, 0]);
        }

        return [.. Number(list.Count + 4), 0, 0, (byte)((int)Profile >> 8), (byte)Profile, .. list];
    }

    private byte[] DiscInformation()
    {
        int session = State == DiscState.Finalised || IsOverwritable ? 3 : _next > 0 && State != DiscState.Blank ? 1 : 0;
        bool isErasable = IsOverwritable || Profile is Profile.CdRw or Profile.DvdMinusRwSequential;
        byte[] reply = new byte[34];
        (reply[1], reply[2], reply[3], reply[4], reply[5], reply[6]) = (32, (byte)((isErasable ? 0x10 : 0) | (session << 2) | (int)State), 1, 1, 1, 1);
        reply[7] = Profile == Profile.DvdPlusRw && IsFormatted ? (byte)3 : (byte)0;
        return reply;
    }

    private byte[] Track()
    {
        byte[] reply = new byte[36];
        bool isBlank = State == DiscState.Blank;
        (reply[1], reply[2], reply[3], reply[5], reply[6], reply[7]) = (34, 1, 1, (byte)(4 | (IsDamaged ? 0x20 : 0)), (byte)(1 | (isBlank ? 0x40 : 0)), 1);
        Number(_next).CopyTo(reply, 12);
        Number(Capacity - _next).CopyTo(reply, 16);
        Number(State == DiscState.Finalised ? _next : Capacity).CopyTo(reply, 24);
        return reply;
    }

    private ScsiReply Select(ReadOnlySpan<byte> sent)
    {
        _isTest = (sent[8 + 2] & 0x10) != 0;
        return ScsiReply.Good(0);
    }

    private byte[] ModePages(byte page)
    {
        byte[] pages = (page & 0x3F) == 0x2A ? [0x2A, 6, 0, 0, 0, 0, (byte)(Mechanism << 5), 0] : [];
        return [0, (byte)(6 + pages.Length), 0, (byte)(IsProtected ? 0x80 : 0), 0, 0, 0, 0, .. pages];
    }

    private ScsiReply Close(int function)
    {
        if (ClosingFails is { } sense)
        {
            return ScsiReply.Refused(sense);
        }

        SessionsEnded++;
        if (!IsLiar && !StaysUnclosed && function is 5 or 6)
        {
            State = DiscState.Finalised;
        }

        return Begin();
    }

    private ScsiReply Format(ReadOnlySpan<byte> sent)
    {
        IsFormatted = true;
        State = IsOverwritable ? DiscState.Other : State;
        FormatTypes.Add(sent[8] >> 2);
        IsPseudoOverwrite |= Profile == Profile.BdRSequential && (sent[8] & 3) == 0;
        Capacity = sent[8] >> 2 == 0x26 ? Capacity : (int)BinaryPrimitives.ReadUInt32BigEndian(sent[4..]);
        return Begin();
    }

    private ScsiReply Blank()
    {
        Insert(Profile, Capacity);
        return Begin();
    }
}
