// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Drives;
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Changers.Smc;

/// <summary>A SCSI medium changer (SMC-3): slots, arms, mail slots and drives, each of which is an element with an address.</summary>
public sealed class SmcRobot : IDiscRobot
{
    private const int DeviceType = 8; // medium changer (SPC-4 §6.4.2)
    private const int MostAttentions = 8;
    private const int AtOnce = 40; // elements: more in one reply than that is what some changers lose
    private const int Room = 8 + 8 + (AtOnce * (16 + 36 + 36 + 4 + 256)); // bytes

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IScsiTransport _transport;
    private readonly TimeProvider _time;
    private readonly List<RobotEvent> _events = [];
    private ElementAssignment? _elements;
    private bool _givesTags = true, _givesNames = true;

    /// <summary>Takes a changer over.</summary>
    /// <param name="name">Its device.</param>
    /// <param name="transport">Carries the commands; disposed with this.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="OperationFailedException">It is none, or does not answer.</exception>
    public SmcRobot(string name, IScsiTransport transport, TimeProvider time)
    {
        (Name, _transport, _time) = (name, transport, time);
        InquiryData? who = Ask(MmcCommand.Inquiry(InquiryData.Length), InquiryData.Length, "who it is", Patience) is { } reply ? InquiryData.Parse(reply) : null;
        if (who is not { DeviceType: DeviceType })
        {
            throw Failures.NoChanger(name, who is null ? null : $"{(who.IsOptical ? "the drive " : "")}{who.Vendor} {who.Model}");
        }

        Description = $"{who.Vendor} {who.Model} {who.Firmware}".Trim();
        byte[] page = new byte[252];
        ScsiReply serial = Execute(MmcCommand.InquiryOfSerial((byte)page.Length), page, Patience);
        Identity = DriveIdentity.OfSerial("smc", who.Vendor, who.Model, serial.IsGood ? DriveIdentity.SerialOf(page.AsSpan(0, serial.Length)) : null);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string? Description { get; }

    /// <summary>Names it beyond the next start of the system; null where it has no serial number.</summary>
    public string? Identity { get; }

    /// <inheritdoc/>
    public RobotKind Kind => RobotKind.Library;

    /// <inheritdoc/>
    public bool NeedsOpenTray { get; init; }

    /// <summary>How long a move may take.</summary>
    public TimeSpan ForMove { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long it may look at its elements: each is driven to.</summary>
    public TimeSpan ForLooking { get; init; } = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public RobotInventory Inventory(bool anew, CancellationToken stop)
    {
        WaitUntilReady(stop);
        if (anew)
        {
            Require(Execute(SmcCommand.InitializeElementStatus(), [], ForLooking), "what lies where, when it was to look again");
            WaitUntilReady(stop);
        }

        ElementAssignment elements = _elements ??= ReadAssignment();
        List<RobotElement> all = [];
        foreach (ElementType type in new[] { ElementType.Transport, ElementType.DataTransfer, ElementType.ImportExport, ElementType.Storage })
        {
            (int first, int count) = elements.Of(type);
            ElementStatus[] told = [.. Read(type, first, count, stop)];
            ILookup<int, ElementStatus> byAddress = told.ToLookup(element => element.Address);
            all.AddRange(Enumerable.Range(first, count).Select(address => ToElement(PlaceOf(address)!.Value, [.. byAddress[address]])));
        }

        return new(all, TakeEvents());
    }

    /// <summary>Who the robot says that its drives are, by their numbers; null where it does not say. What it has to tell besides is kept for <see cref="Inventory"/>.</summary>
    /// <exception cref="OperationFailedException">It does not answer.</exception>
    public IReadOnlyList<string?> DriveNames(CancellationToken stop)
    {
        WaitUntilReady(stop);
        (int first, int count) = (_elements ??= ReadAssignment()).Drives;
        ILookup<int, ElementStatus> told = Read(ElementType.DataTransfer, first, count, stop).ToLookup(element => element.Address);
        return [.. Enumerable.Range(first, count).Select(address => told[address].FirstOrDefault()?.Device)];
    }

    /// <inheritdoc/>
    public MoveReply Move(RobotPlace from, RobotPlace to, CancellationToken stop)
    {
        _elements ??= ReadAssignment();
        if (AddressOf(from) is not { } source || AddressOf(to) is not { } target)
        {
            return new(MoveOutcome.NoSuchPlace);
        }

        // Asked before: what the robot has to say first would else be the answer to the move, and is no reason not to move.
        WaitUntilReady(stop);
        try
        {
            ScsiReply reply = _transport.Execute(SmcCommand.MoveMedium(_elements.Arms.First, source, target), [], ForMove);
            return reply.IsGood ? new(MoveOutcome.Moved) : new(OutcomeOf(reply.Sense), Words(reply.Sense));
        }
        catch (IOException e)
        {
            return new(MoveOutcome.Unknown, e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    /// <summary>What a refused move means (SMC-3, and SPC-4 for what is common to all devices).</summary>
    internal static MoveOutcome OutcomeOf(Sense sense) => sense switch
    {
        { Key: SenseKey.IllegalRequest, Code: 0x3B, Qualifier: 0x0D } => MoveOutcome.DestinationFull,
        { Key: SenseKey.IllegalRequest, Code: 0x3B, Qualifier: 0x0E } => MoveOutcome.SourceEmpty,
        { Code: 0x53, Qualifier: 0x02 } => MoveOutcome.Locked, // medium removal prevented
        { Key: SenseKey.IllegalRequest, Code: 0x3B, Qualifier: 0x11 } => MoveOutcome.Locked, // magazine not accessible: the tray is shut
        { Key: SenseKey.IllegalRequest, Code: 0x21 } => MoveOutcome.NoSuchPlace,
        { Key: SenseKey.IllegalRequest or SenseKey.NotReady or SenseKey.UnitAttention } => MoveOutcome.Refused,
        { Key: SenseKey.HardwareError or SenseKey.MediumError } => MoveOutcome.Jammed,
        _ => MoveOutcome.Unknown,
    };

    /// <summary>What a refused move means, in words of robots; the numbers are as makers' manuals print them.</summary>
    private static string Words(Sense sense)
    {
        string? words = sense switch
        {
            { Code: 0x15 } => "it could not reach a place",
            { Code: 0x3B, Qualifier: 0x0D } => "there is a disc already",
            { Code: 0x3B, Qualifier: 0x0E } => "there is no disc",
            { Code: 0x3B, Qualifier: 0x11 } => "the magazine, or the drive's tray, is not open to it",
            { Code: 0x53, Qualifier: 0x02 } => "the drive holds its disc fast",
            { Code: 0x53 } => "a disc could not be put in, or taken out",
            _ => null,
        };
        return sense == Sense.None ? "no answer" : words is null ? sense.ToString() : string.Create(CultureInfo.InvariantCulture, $"{words} ({(int)sense.Key:X1}/{sense.Code:X2}/{sense.Qualifier:X2})");
    }

    // Some changers tell all of their elements in one reply, others only of those of one type; some only so many at a time.
    private List<ElementStatus> Read(ElementType type, int first, int count, CancellationToken stop)
    {
        List<ElementStatus> all = [];
        for (int at = first; at < first + count;)
        {
            stop.ThrowIfCancellationRequested();
            IReadOnlyList<ElementStatus> some = Read(type, at, Math.Min(AtOnce, first + count - at));
            ElementStatus[] wanted = [.. some.Where(element => element.Type == type && element.Address >= at && element.Address < first + count)];
            all.AddRange(wanted);

            // What it leaves out it does not say anything of, now or later.
            at = Math.Max(at + Math.Min(AtOnce, first + count - at), wanted.Length == 0 ? at : wanted.Max(element => element.Address) + 1);
        }

        return all;
    }

    private IReadOnlyList<ElementStatus> Read(ElementType type, int first, int count)
    {
        while (true)
        {
            bool names = _givesNames && type == ElementType.DataTransfer;
            byte[] data = new byte[Room];
            ScsiReply reply = Execute(SmcCommand.ReadElementStatus(type, first, count, (_givesTags, names, Room)), data, Patience);
            if (!reply.IsGood && reply.Sense.Key == SenseKey.IllegalRequest && (names || _givesTags))
            {
                // Asked for less: who has no reader of barcodes may refuse to be asked for them.
                (_givesNames, _givesTags) = (_givesNames && !names, names && _givesTags);
                continue;
            }

            Require(reply, "what lies where");
            return ElementStatus.Parse(data.AsSpan(0, Math.Clamp(reply.Length, 0, Room)))
                ?? throw Failures.Nonsense(Name, $"{reply.Length} bytes, which are too few to say what lies where");
        }
    }

    private ElementAssignment ReadAssignment()
    {
        byte[] data = new byte[ElementAssignment.Length6];
        ScsiReply reply = Execute(SmcCommand.ModeSense6((byte)data.Length), data, Patience);
        ElementAssignment? found = reply.IsGood ? ElementAssignment.Parse(data.AsSpan(0, Math.Clamp(reply.Length, 0, data.Length)), 4) : null;
        if (found is null)
        {
            data = new byte[ElementAssignment.Length10];
            reply = Execute(SmcCommand.ModeSense10((ushort)data.Length), data, Patience);
            Require(reply, "which slots and drives it has");
            found = ElementAssignment.Parse(data.AsSpan(0, Math.Clamp(reply.Length, 0, data.Length)), 8);
        }

        return found ?? throw Failures.Nonsense(Name, "which slots and drives it has is not said, or they lie in one another");
    }

    private RobotElement ToElement(RobotPlace place, ElementStatus[] told)
    {
        if (told.Length != 1)
        {
            return new(place, PlaceContent.Unknown) { Trouble = told.Length == 0 ? null : "the robot tells of it twice" };
        }

        ElementStatus element = told[0];
        string? trouble = element.IsAbnormal ? $"the robot says that something is wrong with it ({element.Why.Code:X2}/{element.Why.Qualifier:X2})" : null;
        return new(place, element.IsFull ? PlaceContent.Full : PlaceContent.Empty)
        {
            Barcode = element.IsFull ? element.Tag : null,
            Source = element.IsFull && element.Source is { } address ? PlaceOf(address) : null,
            Trouble = trouble ?? (element.CanBeReached ? null : "the robot can't reach it now"),
            DriveName = element.Device,
        };
    }

    private RobotPlace? PlaceOf(int address)
    {
        ElementAssignment elements = _elements!;
        return Is(elements.Slots) ? RobotPlace.Slot(address - elements.Slots.First + 1)
            : Is(elements.Mail) ? RobotPlace.Mail(address - elements.Mail.First + 1)
            : Is(elements.Drives) ? RobotPlace.Drive(address - elements.Drives.First)
            : Is(elements.Arms) ? new RobotPlace(PlaceKind.Arm, address - elements.Arms.First)
            : null;

        bool Is((int First, int Count) range) => address >= range.First && address < range.First + range.Count;
    }

    private int? AddressOf(RobotPlace place)
    {
        ElementAssignment elements = _elements!;
        ((int First, int Count) range, int at) = place.Kind switch
        {
            PlaceKind.Slot => (elements.Slots, place.Number - 1),
            PlaceKind.Mail => (elements.Mail, place.Number - 1),
            PlaceKind.Drive => (elements.Drives, place.Number),
            PlaceKind.Arm => (elements.Arms, place.Number),
            _ => ((0, 0), 0),
        };
        return at >= 0 && at < range.Count ? range.First + at : null;
    }

    private void WaitUntilReady(CancellationToken stop)
    {
        long begun = _time.GetTimestamp();
        while (true)
        {
            ScsiReply reply = Execute(MmcCommand.TestUnitReady(), [], Patience);
            if (reply.IsGood || reply.Sense.Key == SenseKey.IllegalRequest)
            {
                return; // the VGP-XL1B does not know that command
            }

            if (reply.Sense == Sense.None)
            {
                throw Failures.NoAnswer(Name, null);
            }

            if (!reply.Sense.IsBecomingReady || _time.GetElapsedTime(begun) > ForLooking)
            {
                throw Failures.NotReady(Name, reply.Sense);
            }

            stop.WaitHandle.WaitOne(TimeSpan.FromSeconds(1));
            stop.ThrowIfCancellationRequested();
        }
    }

    private byte[] Ask(byte[] command, int length, string what, TimeSpan patience)
    {
        byte[] data = new byte[length];
        ScsiReply reply = Execute(command, data, patience);
        Require(reply, what);
        return data[..Math.Clamp(reply.Length, 0, length)];
    }

    private void Require(ScsiReply reply, string what)
    {
        if (!reply.IsGood)
        {
            throw reply.Sense == Sense.None ? Failures.NoAnswer(Name, null) : Failures.Refused(Name, what, reply.Sense);
        }
    }

    /// <summary>Sends a command that moves nothing; what the robot has to say first is heard, and kept.</summary>
    private ScsiReply Execute(byte[] command, Span<byte> data, TimeSpan patience)
    {
        try
        {
            for (int heard = 0; ; heard++)
            {
                ScsiReply reply = _transport.Execute(command, data, patience);
                if (reply.IsGood || reply.Sense.Key != SenseKey.UnitAttention || heard == MostAttentions)
                {
                    return reply;
                }

                if (EventOf(reply.Sense) is { } happened)
                {
                    _events.Add(happened);
                }
            }
        }
        catch (IOException e)
        {
            throw Failures.NoAnswer(Name, e.Message);
        }
    }

    private static RobotEvent? EventOf(Sense sense) => sense switch
    {
        { Code: 0x29 } => RobotEvent.Reset,
        { Code: 0x28, Qualifier: 0x01 } => RobotEvent.MailOpened, // import or export element accessed
        { Code: 0x28 } => RobotEvent.Changed,
        _ => null,
    };

    private RobotEvent[] TakeEvents()
    {
        RobotEvent[] events = [.. _events.Distinct()];
        _events.Clear();
        return events;
    }
}
