// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Spindle.Changers;

/// <summary>What kind of place a robot keeps a disc in.</summary>
public enum PlaceKind
{
    /// <summary>A slot, counted from 1.</summary>
    Slot,

    /// <summary>A slot through which people give discs in and take them out, counted from 1.</summary>
    Mail,

    /// <summary>A drive, counted from 0 as <c>mtx</c> does.</summary>
    Drive,

    /// <summary>What carries discs: one that is in it has been left there.</summary>
    Arm,

    /// <summary>Of a stacker: the pile that the next disc is taken from.</summary>
    Next,

    /// <summary>Of a stacker: the pile of discs that are done.</summary>
    Accept,

    /// <summary>Of a stacker: the pile of discs that somebody has to look at.</summary>
    Reject,
}

/// <summary>A place of a robot. People write <c>7</c>, <c>mail1</c>, <c>drive0</c>, <c>arm</c>, <c>next</c>, <c>accept</c> and <c>reject</c>.</summary>
/// <param name="Kind">What kind of place.</param>
/// <param name="Number">Which one, where there are several; else 0.</param>
public readonly record struct RobotPlace(PlaceKind Kind, int Number)
{
    /// <summary>More than any robot has: SMC counts all elements in 16 bits.</summary>
    public const int MostNumber = ushort.MaxValue;

    /// <summary>Of stackers: the pile that the next disc comes from.</summary>
    public static readonly RobotPlace Next = new(PlaceKind.Next, 0);

    /// <summary>Of stackers: the pile of discs that are done.</summary>
    public static readonly RobotPlace Accept = new(PlaceKind.Accept, 0);

    /// <summary>Of stackers: the pile of discs that somebody has to look at.</summary>
    public static readonly RobotPlace Reject = new(PlaceKind.Reject, 0);

    /// <summary>The arm of a robot that has one.</summary>
    public static readonly RobotPlace Arm = new(PlaceKind.Arm, 0);

    /// <summary>A slot.</summary>
    /// <param name="number">From 1.</param>
    public static RobotPlace Slot(int number) => new(PlaceKind.Slot, number);

    /// <summary>A mail slot.</summary>
    /// <param name="number">From 1.</param>
    public static RobotPlace Mail(int number) => new(PlaceKind.Mail, number);

    /// <summary>A drive.</summary>
    /// <param name="number">From 0.</param>
    public static RobotPlace Drive(int number) => new(PlaceKind.Drive, number);

    /// <summary>Whether any number of discs fit there, and nobody sees how many there are.</summary>
    public bool IsPile => Kind is PlaceKind.Next or PlaceKind.Accept or PlaceKind.Reject;

    /// <summary>Reads what people write.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RobotPlace place)
    {
        place = default;
        switch (text)
        {
            case null:
                return false;
            case "next":
                place = Next;
                return true;
            case "accept":
                place = Accept;
                return true;
            case "reject":
                place = Reject;
                return true;
            case "arm":
                place = Arm;
                return true;
        }

        (PlaceKind kind, string digits) = text.StartsWith("mail", StringComparison.Ordinal) ? (PlaceKind.Mail, text[4..])
            : text.StartsWith("drive", StringComparison.Ordinal) ? (PlaceKind.Drive, text[5..])
            : (PlaceKind.Slot, text.StartsWith("slot", StringComparison.Ordinal) ? text[4..] : text);
        bool isNumber = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= MostNumber && number >= (kind == PlaceKind.Drive ? 0 : 1);
        place = isNumber ? new(kind, number) : default;
        return isNumber;
    }

    /// <summary>As people write it.</summary>
    public override string ToString() => Kind switch
    {
        PlaceKind.Slot => Number.ToString(CultureInfo.InvariantCulture),
        PlaceKind.Mail => string.Create(CultureInfo.InvariantCulture, $"mail{Number}"),
        PlaceKind.Drive => string.Create(CultureInfo.InvariantCulture, $"drive{Number}"),
        _ => Kind.ToString().ToLowerInvariant(),
    };

    /// <summary>In a sentence: <c>slot 7</c>, <c>the accept pile</c>.</summary>
    public string InWords() => Kind switch
    {
        PlaceKind.Arm => "the arm",
        PlaceKind.Next => "the stack",
        PlaceKind.Accept => "the accept pile",
        PlaceKind.Reject => "the reject pile",
        PlaceKind.Mail => string.Create(CultureInfo.InvariantCulture, $"mail slot {Number}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Kind.ToString().ToLowerInvariant()} {Number}"),
    };
}
