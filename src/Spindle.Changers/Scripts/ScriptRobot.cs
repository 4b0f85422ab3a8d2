// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.Changers.Scripts;

/// <summary>
/// A robot that is moved by a script, as Bareos and Bacula move theirs: <c>SCRIPT DEVICE COMMAND SLOT ARCHIVE-DEVICE DRIVE-INDEX</c>, slots from 1, drives
/// from 0. What theirs need for discs is in docs/manual/robots.md.
/// </summary>
public sealed class ScriptRobot : IDiscRobot
{
    private const int MostDrives = 32;

    private readonly ScriptProgram _program;
    private readonly string _path;
    private readonly IReadOnlyList<string> _drives;
    private readonly List<int> _mail = []; // how the script counts the mail slots, in order
    private bool _listsAll = true;

    /// <param name="program">The script.</param>
    /// <param name="device">What it gets as the changer's device.</param>
    /// <param name="drives">The drives' devices, by the robot's numbers.</param>
    /// <param name="limit">How long a command may take.</param>
    public ScriptRobot(string program, string device, IReadOnlyList<string> drives, TimeSpan limit) =>
        (_path, Name, _drives, _program) = (program, device, drives, new(program, limit));

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string? Description => _path;

    /// <inheritdoc/>
    public RobotKind Kind => RobotKind.Library;

    /// <inheritdoc/>
    public bool NeedsOpenTray { get; init; }

    /// <inheritdoc/>
    public RobotInventory Inventory(bool anew, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        RobotElement[] all = _listsAll ? [.. ListAll()] : [];
        if (all.Length == 0)
        {
            _listsAll = false; // as older scripts, which know the other three commands
            RobotElement[] drives = [.. Enumerable.Range(0, Math.Clamp(_drives.Count, 1, MostDrives)).Select(drive => Loaded(drive).Element)];
            all = ListSlots(drives);
        }
        else
        {
            all = [.. all, .. DrivesBeside(all)];
        }

        int[] mail = [.. all.Where(element => element.Place.Kind == PlaceKind.Mail).Select(element => element.Place.Number).Order()];
        _mail.Clear();
        _mail.AddRange(mail);
        return new([.. all.Select(element => element.Place.Kind == PlaceKind.Mail ? element with { Place = RobotPlace.Mail(Array.IndexOf(mail, element.Place.Number) + 1) } : element)], []);
    }

    /// <inheritdoc/>
    public MoveReply Move(RobotPlace from, RobotPlace to, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        IReadOnlyList<string>? arguments = (from.Kind, to.Kind) switch
        {
            (_, PlaceKind.Drive) when NumberOf(from) is { } slot => Words("load", slot, to.Number),
            (PlaceKind.Drive, _) when NumberOf(to) is { } slot => Words("unload", slot, from.Number),
            _ when NumberOf(from) is { } source && NumberOf(to) is { } target => [Name, "transfer", Text(source), Text(target)],
            _ => null,
        };
        if (arguments is null)
        {
            return new(MoveOutcome.NoSuchPlace);
        }

        (int? code, _, string? said) = _program.Run(arguments);
        return code switch
        {
            0 => new(MoveOutcome.Moved),
            null => new(MoveOutcome.Unknown, $"{_path} did not end in time, and was ended"),
            _ => new(MoveOutcome.Refused, said ?? string.Create(CultureInfo.InvariantCulture, $"{_path} ended with {code}")),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing stays open between two commands.
    }

    private IReadOnlyList<RobotElement> ListAll()
    {
        (int? code, string output, _) = _program.Run([Name, "listall"]);
        return code == 0 ? ScriptListing.ParseAll(output) : [];
    }

    /// <summary>The slots, and the drives with what is said of them there: <c>list</c> tells of a slot, too, whose disc is in a drive.</summary>
    private RobotElement[] ListSlots(RobotElement[] drives)
    {
        int slots = ScriptListing.ParseNumber(Asked([Name, "slots"])) ?? throw Failures.ProgramFailed(_path, "slots", "it prints no number");
        ILookup<int, string?> full = ScriptListing.ParseFull(Asked([Name, "list"]));
        return
        [
            .. Enumerable.Range(1, slots).Select(slot => full[slot].Count() > drives.Count(drive => drive.Source == RobotPlace.Slot(slot))
                ? new RobotElement(RobotPlace.Slot(slot), PlaceContent.Full) { Barcode = full[slot].First() }
                : new RobotElement(RobotPlace.Slot(slot), PlaceContent.Empty)),
            .. drives.Select(drive => drive.Source is { } source ? drive with { Barcode = full[source.Number].LastOrDefault() } : drive),
        ];
    }

    /// <summary>Drives that <c>listall</c> says nothing of, as Bacula's does where nobody knows which slot the disc came from: <c>loaded</c> has a word on each that there is.</summary>
    private IEnumerable<RobotElement> DrivesBeside(RobotElement[] all) => Enumerable.Range(0, Math.Min(_drives.Count, MostDrives))
        .Where(drive => all.All(element => element.Place != RobotPlace.Drive(drive)))
        .Select(Loaded).Where(loaded => loaded.IsThere).Select(loaded => loaded.Element);

    private (RobotElement Element, bool IsThere) Loaded(int drive)
    {
        (int? code, string output, string? said) = _program.Run(Words("loaded", 0, drive));
        int? slot = code == 0 ? ScriptListing.ParseNumber(output) : null;
        RobotElement element = new(RobotPlace.Drive(drive), slot switch { null => PlaceContent.Unknown, 0 => PlaceContent.Empty, _ => PlaceContent.Full })
        {
            Source = slot > 0 ? RobotPlace.Slot(slot.Value) : null,
            Trouble = code == 0 ? null : said,
        };
        return (element, code == 0 && !string.IsNullOrWhiteSpace(output));
    }

    private string Asked(IReadOnlyList<string> arguments)
    {
        (int? code, string output, string? said) = _program.Run(arguments);
        return code == 0 ? output : throw Failures.ProgramFailed(_path, arguments[1], code is null ? "it did not end in time" : said ?? string.Create(CultureInfo.InvariantCulture, $"it ended with {code}"));
    }

    private string[] Words(string command, int slot, int drive) => [Name, command, Text(slot), _drives.ElementAtOrDefault(drive) ?? "", Text(drive)];

    /// <summary>The slot's number as the script counts: mail slots come behind the others. Null where it has no such place.</summary>
    private int? NumberOf(RobotPlace place) => place.Kind switch
    {
        PlaceKind.Slot => place.Number,
        PlaceKind.Mail when place.Number <= _mail.Count => _mail[place.Number - 1],
        _ => null,
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
