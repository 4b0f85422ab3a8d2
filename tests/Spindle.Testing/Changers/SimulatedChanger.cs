// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Drives;
using Spindle.Drives.Mmc;

namespace Spindle.Testing.Changers;

/// <summary>A medium changer that answers as SMC-3 says, and goes wrong where it is told to. The lab's (tests/lab/changer.py) is the same for the whole program.</summary>
/// <remarks>Its arm is element 0, drives are 501 and up, mail slots 901, slots 1001.</remarks>
public sealed class SimulatedChanger : IScsiTransport
{
    public const int FirstDrive = 501, FirstMail = 901, FirstSlot = 1001;

    private static readonly (int Type, int First)[] Kinds = [(1, 0), (4, FirstDrive), (3, FirstMail), (2, FirstSlot)];

    private readonly Dictionary<int, string?> _discs = [];
    private readonly Dictionary<int, int> _sources = [];
    private readonly Queue<Sense> _attentions = new([new Sense(SenseKey.UnitAttention, 0x29, 0x00)]);
    private readonly List<byte[]> _commands = [];

    /// <param name="slots">What the slots hold: a disc's name, or null.</param>
    /// <param name="drives">How many drives there are.</param>
    /// <param name="mail">How many mail slots.</param>
    public SimulatedChanger(IEnumerable<string?> slots, int drives = 2, int mail = 1)
    {
        _discs[0] = null;
        foreach ((string? disc, int at) in slots.Select((disc, at) => (disc, at)))
        {
            _discs[FirstSlot + at] = disc;
        }

        foreach (int at in Enumerable.Range(FirstDrive, drives).Concat(Enumerable.Range(FirstMail, mail)))
        {
            _discs[at] = null;
        }
    }

    /// <summary>The commands that were sent, in order.</summary>
    public IReadOnlyList<byte[]> Commands => _commands;

    /// <summary>What becomes of moves, by their number from 1: refused with this sense.</summary>
    public Dictionary<int, Sense> Refused { get; } = [];

    /// <summary>Moves, by their number from 1, that end in another place than was asked for: the arm (0) where it jams.</summary>
    public Dictionary<int, int> Astray { get; } = [];

    /// <summary>Moves that are answered as done, and are not.</summary>
    public HashSet<int> Lies { get; } = [];

    /// <summary>From this move on it answers nothing: the disc is in the arm.</summary>
    public int? DiesAt { get; set; }

    /// <summary>Element types of which it says nothing; type 4 for what is in the drives.</summary>
    public HashSet<int> Silent { get; } = [];

    /// <summary>Whether it has a reader of barcodes; without one it refuses to be asked for them.</summary>
    public bool ReadsTags { get; set; } = true;

    /// <summary>Whether it tells which drive is which.</summary>
    public bool TellsNames { get; set; } = true;

    /// <summary>How many elements it tells in one reply at most.</summary>
    public int MostAtOnce { get; set; } = int.MaxValue;

    /// <summary>Commands that it does not know.</summary>
    public HashSet<byte> Unknown { get; } = [];

    /// <summary>What commands are answered with instead, by their first bytes.</summary>
    public Dictionary<byte, Sense> Answers { get; } = [];

    /// <summary>Whether it counts as no changer can.</summary>
    public bool MailAmongSlots { get; set; }

    /// <summary>Drives that hold their disc fast, by their numbers from 0.</summary>
    public HashSet<int> Locked { get; } = [];

    public int Moves { get; private set; }

    public bool IsDead { get; set; }

    /// <summary>What it reports as its type; 8 is a changer.</summary>
    public byte DeviceType { get; set; } = 8;

    /// <summary>What an element holds.</summary>
    public string? this[int address]
    {
        get => _discs[address];
        set => _discs[address] = value;
    }

    /// <summary>Says this first, whatever it is asked.</summary>
    public void SayFirst(byte code, byte qualifier) => _attentions.Enqueue(new(SenseKey.UnitAttention, code, qualifier));

    public ScsiReply Execute(ReadOnlySpan<byte> command, Span<byte> data, TimeSpan timeout)
    {
        _commands.Add(command.ToArray());
        if (IsDead)
        {
            return new(false, 0, Sense.None);
        }

        if (command[0] != 0x12 && _attentions.TryDequeue(out Sense attention))
        {
            return ScsiReply.Refused(attention);
        }

        if (Unknown.Contains(command[0]))
        {
            return Illegal(0x20, 0x00);
        }

        if (Answers.TryGetValue(command[0], out Sense instead))
        {
            return ScsiReply.Refused(instead);
        }

        byte[]? reply = null;
        switch (command[0])
        {
            case 0x00 or 0x07:
                return ScsiReply.Good(0);
            case 0x12:
                reply = command[1] == 1 ? [8, 0x80, 0, 6, .. "SIM001"u8] : [DeviceType, 0x80, 5, 2, 31, 0, 0, 0, .. "SPINDLE SIMULATED CHANG 1.0 "u8];
                break;
            case 0x1A:
                reply = [23, 0, 0, 0, .. Assignment()];
                break;
            case 0x5A:
                reply = [0, 26, 0, 0, 0, 0, 0, 0, .. Assignment()];
                break;
            case 0xB8:
                bool asksTags = (command[1] & 0x10) != 0, asksNames = (command[6] & 1) != 0;
                if ((asksTags && !ReadsTags) || (asksNames && !TellsNames))
                {
                    return Illegal(0x24, 0x00);
                }

                reply = Status(command[1] & 0x0F, BinaryPrimitives.ReadUInt16BigEndian(command[2..]), Math.Min(MostAtOnce, BinaryPrimitives.ReadUInt16BigEndian(command[4..])), (asksTags, asksNames));
                break;
            case 0xA5:
                return Move(BinaryPrimitives.ReadUInt16BigEndian(command[4..]), BinaryPrimitives.ReadUInt16BigEndian(command[6..]));
        }

        if (reply is null)
        {
            return Illegal(0x20, 0x00);
        }

        int length = Math.Min(reply.Length, data.Length);
        reply.AsSpan(0, length).CopyTo(data);
        return ScsiReply.Good(length);
    }

    public ScsiReply Send(ReadOnlySpan<byte> command, ReadOnlySpan<byte> data, TimeSpan timeout) => Illegal(0x20, 0x00);

    public void Dispose()
    {
    }

    private static ScsiReply Illegal(byte code, byte qualifier) => ScsiReply.Refused(new(SenseKey.IllegalRequest, code, qualifier));

    private IEnumerable<int> Addresses(int type, int first) =>
        _discs.Keys.Where(address => address >= first && address < (type switch { 1 => 1, 4 => FirstMail, 3 => FirstSlot, _ => int.MaxValue })).Order();

    private byte[] Assignment()
    {
        byte[] page = new byte[20];
        (page[0], page[1]) = (0x1D, 18);
        int at = 2;
        foreach ((int type, int first) in new[] { (1, 0), (2, FirstSlot), (3, FirstMail), (4, FirstDrive) })
        {
            BinaryPrimitives.WriteUInt16BigEndian(page.AsSpan(at), (ushort)(MailAmongSlots && type == 3 ? FirstSlot : first));
            BinaryPrimitives.WriteUInt16BigEndian(page.AsSpan(at + 2), (ushort)Addresses(type, first).Count());
            at += 4;
        }

        return page;
    }

    private byte[] Status(int wanted, int start, int count, (bool Tags, bool Names) ask)
    {
        List<byte> pages = [];
        int told = 0, lowest = 0;
        foreach ((int type, int first) in Kinds.Where(kind => wanted is 0 || kind.Type == wanted))
        {
            if (type != 4 && Silent.Contains(type))
            {
                continue;
            }

            int[] addresses = [.. Addresses(type, first).Where(address => address >= start).Take(count - told)];
            byte[][] elements = [.. addresses.Select(address => Describe(address, type, ask))];
            told += elements.Length;
            lowest = elements.Length > 0 && lowest == 0 ? addresses[0] : lowest;
            if (elements.Length > 0)
            {
                byte[] header = [(byte)type, ask.Tags ? (byte)0x80 : (byte)0, 0, (byte)elements[0].Length, 0, 0, 0, 0];
                BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), (uint)elements.Sum(element => element.Length));
                pages.AddRange([.. header, .. elements.SelectMany(element => element)]);
            }
        }

        byte[] reply = [0, 0, 0, 0, 0, 0, 0, 0, .. pages];
        BinaryPrimitives.WriteUInt16BigEndian(reply, (ushort)lowest);
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(2), (ushort)told);
        BinaryPrimitives.WriteUInt32BigEndian(reply.AsSpan(4), (uint)pages.Count);
        return reply;
    }

    private byte[] Describe(int address, int type, (bool Tags, bool Names) ask)
    {
        string? disc = type == 4 && Silent.Contains(4) ? null : _discs[address];
        byte[] head = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)address);
        head[2] = (byte)((disc is null ? 0 : 1) | (type == 1 ? 0 : 8));
        if (type == 4 && disc is not null && _sources.TryGetValue(address, out int source))
        {
            head[9] = 0x80;
            BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(10), (ushort)source);
        }

        byte[] tag = ask.Tags ? [.. Encoding.ASCII.GetBytes((disc ?? "").PadRight(32)), 0, 0, 0, 0] : [];
        byte[] name = ask.Names && type == 4 ? [2, 1, 0, 24, .. Encoding.ASCII.GetBytes($"SIM     DRIVE   SER{address - FirstDrive:D5}")] : [0, 0, 0, 0];
        return [.. head, .. tag, .. name];
    }

    private ScsiReply Move(int from, int to)
    {
        if (!_discs.TryGetValue(from, out string? disc) || !_discs.TryGetValue(to, out string? there))
        {
            return Illegal(0x21, 0x01);
        }

        if (disc is null)
        {
            return Illegal(0x3B, 0x0E);
        }

        if (there is not null)
        {
            return Illegal(0x3B, 0x0D);
        }

        if (Locked.Contains(from - FirstDrive))
        {
            return Illegal(0x53, 0x02);
        }

        Moves++;
        if (Lies.Contains(Moves))
        {
            return ScsiReply.Good(0);
        }

        if (Refused.TryGetValue(Moves, out Sense sense))
        {
            return ScsiReply.Refused(sense);
        }

        bool dies = Moves == DiesAt;
        int target = dies ? 0 : Astray.GetValueOrDefault(Moves, to);
        (_discs[from], _discs[target]) = (null, disc);
        _sources[target] = from;
        IsDead = dies;
        return dies ? new(false, 0, Sense.None) : target == 0 ? ScsiReply.Refused(new(SenseKey.HardwareError, 0x15, 0x01)) : ScsiReply.Good(0);
    }
}
