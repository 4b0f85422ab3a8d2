// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;

namespace Spindle.Burning.Sequences;

/// <summary>How a kind of disc is burned: what is done before the image is sent, and what after it.</summary>
/// <remarks>
/// The shortest sequences with which drives take an image (MMC-6, annex on writing). What traces of xorriso, growisofs and wodim have beyond them, and why it is left out (a test holds this list against the traces):
/// START STOP UNIT to begin and to end turning, for TEST UNIT READY makes a disc turn, too, and the tray that opens ends it; SET STREAMING and SET CD SPEED where no speed is wanted, for drives know best;
/// SET CD SPEED on DVD, as wodim sends it, for SET STREAMING says the same there; RESERVE TRACK on DVD+R and BD-R, for closing the track gives it
/// the size that was written; CLOSE SESSION (function 2) on DVD+R and BD-R, for that leaves the disc open for more; function 6 on DVD+R, as growisofs closes it: function 5, as xorriso does, closes it for ever, too;
/// CLOSE TRACK and CLOSE SESSION on DVD-R, for disc at once closes it with its last sector; format type 30h on BD-RE (spare areas of a chosen size, certified or not), for 00h is the usual one and 31h has none;
/// SYNCHRONIZE CACHE behind FORMAT UNIT, for nothing was written yet; READ FORMAT CAPACITIES of discs that are not formatted; REZERO UNIT and READ BUFFER, which wodim sends to know its drive.
/// GET PERFORMANCE, READ DISC STRUCTURE and MODE SENSE are asked where they say what is needed.
/// </remarks>
/// <param name="Name">For people and records.</param>
/// <param name="Before">Before the image.</param>
/// <param name="After">After it.</param>
internal sealed record BurningMethod(string Name, IReadOnlyList<BurningAction> Before, IReadOnlyList<BurningAction> After)
{
    /// <summary>Sectors that one command carries: what is a whole number of ecc blocks, and what every host adapter takes (64 KiB).</summary>
    public int SectorsPerWrite { get; init; } = 32;

    /// <summary>The image is filled with zeros up to a multiple of so many sectors: what the disc is written in.</summary>
    public int Unit { get; init; } = 16;

    /// <summary>The fewest sectors that a track may have.</summary>
    public int FewestSectors { get; init; } = 1;

    /// <summary>Sectors of zeros that go in front of the image, from below sector 0 on.</summary>
    public int Pause { get; init; }

    /// <summary>Whether it can be done with the laser dark.</summary>
    public bool CanBeSimulated { get; init; }

    /// <summary>Whether the drive must call the disc closed afterwards.</summary>
    public bool ClosesDisc { get; init; } = true;

    /// <summary>What an image takes on the disc.</summary>
    /// <param name="sectors">Sectors of the image.</param>
    public long SectorsOnDisc(long sectors) => (Math.Max(sectors, FewestSectors) + Unit - 1) / Unit * Unit;
}

/// <summary>One thing that a drive is told.</summary>
internal enum BurningAction
{
    /// <summary>The write parameters page: all at once, announced before.</summary>
    SetDiscAtOnce,

    /// <summary>The speed, where one is wanted.</summary>
    SetSpeed,

    /// <summary>The laser is measured.</summary>
    Calibrate,

    /// <summary>The track gets its size.</summary>
    ReserveTrack,

    /// <summary>The layout of a CD is announced.</summary>
    SendCueSheet,

    /// <summary>An unformatted DVD+RW begins to format itself; one on which that was stopped goes on with it.</summary>
    FormatInBackground,

    /// <summary>An unformatted BD-RE gets the usual spare area, or none where the image needs the room; a BD-R gets one where that is wanted.</summary>
    Format,

    /// <summary>What the drive holds back is written.</summary>
    Flush,

    /// <summary>The track is closed (function 1).</summary>
    CloseTrack,

    /// <summary>The session is closed (function 2).</summary>
    CloseSession,

    /// <summary>The disc is closed, for ever (function 5, of DVD+R).</summary>
    FinaliseDvd,

    /// <summary>The disc is closed, for ever (function 6, of BD-R).</summary>
    FinaliseBluray,

    /// <summary>Formatting in the background ends (function 0).</summary>
    StopFormatting,
}

/// <summary>The methods, by kinds of discs.</summary>
internal static class BurningMethods
{
    // Session at once, as the run-out sectors of a track written by itself cannot be read and make some systems cut the disc short.
    // wodim's MODE SELECT for each write type, only to learn what is allowed, is left out: the one that is wanted is simply set.
    private static readonly BurningMethod Cd = new(
        "session at once",
        [BurningAction.SetDiscAtOnce, BurningAction.SetSpeed, BurningAction.Calibrate, BurningAction.SendCueSheet],
        [BurningAction.Flush])
    {
        SectorsPerWrite = 25, // the pause of 150 is a whole number of these
        Unit = 1,
        FewestSectors = 300, // a track has four seconds
        Pause = CueSheet.Pause,
        CanBeSimulated = true,
    };

    // Disc at once: read by all players, and closed with the last sector.
    private static readonly BurningMethod DvdMinus = new(
        "disc at once",
        [BurningAction.SetDiscAtOnce, BurningAction.SetSpeed, BurningAction.Calibrate, BurningAction.ReserveTrack],
        [BurningAction.Flush])
    {
        CanBeSimulated = true,
    };

    // growisofs sends page 05h for DVD+R, too, and SEND OPC: the drives do both by themselves.
    private static readonly BurningMethod DvdPlusR = new(
        "sequential",
        [BurningAction.SetSpeed],
        [BurningAction.Flush, BurningAction.CloseTrack, BurningAction.FinaliseDvd]);

    private static readonly BurningMethod DvdPlusRw = new(
        "overwriting",
        [BurningAction.FormatInBackground, BurningAction.SetSpeed],
        [BurningAction.Flush, BurningAction.StopFormatting, BurningAction.CloseSession])
    {
        ClosesDisc = false,
    };

    private static readonly BurningMethod DvdRam = new("overwriting", [BurningAction.SetSpeed], [BurningAction.Flush])
    {
        ClosesDisc = false,
    };

    // Not formatted first, unless that is wanted: without a spare area the disc keeps its full size and speed, and the comparison finds what is bad.
    private static readonly BurningMethod BdR = new(
        "sequential",
        [BurningAction.Format, BurningAction.SetSpeed],
        [BurningAction.Flush, BurningAction.CloseTrack, BurningAction.FinaliseBluray])
    {
        Unit = 32,
    };

    private static readonly BurningMethod BdRe = new("overwriting", [BurningAction.Format, BurningAction.SetSpeed], [BurningAction.Flush])
    {
        Unit = 32,
        ClosesDisc = false,
    };

    /// <summary>How a kind of disc is burned.</summary>
    /// <returns>Null for kinds that are not burned.</returns>
    public static BurningMethod? Of(Profile profile) => profile switch
    {
        Profile.CdR or Profile.CdRw => Cd,
        Profile.DvdMinusR or Profile.DvdMinusRwSequential or Profile.DvdMinusRDualLayer => DvdMinus,
        Profile.DvdPlusR or Profile.DvdPlusRDualLayer => DvdPlusR,
        Profile.DvdPlusRw => DvdPlusRw,
        Profile.DvdRam => DvdRam,
        Profile.BdRSequential => BdR,
        Profile.BdRe => BdRe,
        _ => null,
    };

    /// <summary>What 1x is on such discs, in 1000 bytes a second.</summary>
    public static double SingleSpeed(Profile profile) => profile.Family() switch
    {
        DiscFamily.Cd => 176.4,
        DiscFamily.Dvd => 1385,
        _ => 4496,
    };
}
