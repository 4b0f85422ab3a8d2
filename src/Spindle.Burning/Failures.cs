// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Burning;

/// <summary>Why a disc is not burned, or is no copy, in the words that the user is shown: each code and sentence is here, and nowhere else.</summary>
internal static class Failures
{
    // ---- the image, before any disc is touched

    public static OperationFailedException NoImage(string image, Exception cause) => new(
        new("no-source", $"{image} cannot be read: {cause.Message}", "name an image file"), cause);

    public static OperationFailedException EmptyImage(string image) => new(new("empty-source", $"{image} is empty", "name the image that is to be burned"));

    public static OperationFailedException ImageIsNotItsRecord(string image) => new(new(
        "image-changed", $"{image} is not what its record says: the SHA-256 is another one, and nothing was burned", "'spindle audit' tells what became of it; burn a copy that is whole"));

    public static Failure ImageChanged(string image) => new(
        "image-changed", $"{image} was changed while it was burned: the disc is no copy of what it was, or is", "leave the image alone, and burn it anew");

    public static OperationFailedException NoXorriso(string said) => new(new(
        "no-xorriso", $"xorriso can't be run: {said}", "sudo apt install xorriso (Debian, Ubuntu); or leave --engine out"));

    // ---- the disc, before anything is written

    public static OperationFailedException NoDrive(string path) => new(new("not-a-drive", $"{path} is no optical drive", "'spindle drives' lists them"));

    public static OperationFailedException Mounted(string drive, string point) => new(new(
        "disc-mounted", $"the disc in {drive} is mounted at {point}", "unmount it first, if nothing on it is needed any more"));

    public static OperationFailedException NotReady(string drive, Sense sense) => new(sense is { IsNoMedium: true, Code: 0x3A, Qualifier: 0x02 }
        ? new("tray-open", $"the tray of {drive} is open", "insert a blank disc and close the tray")
        : sense.IsNoMedium
        ? new("no-medium", $"{drive} holds no disc", "insert a blank disc and close the tray")
        : new("not-ready", $"{drive} does not get ready: {sense}", "wait until the drive's light stops blinking; another disc, if it does not"));

    public static OperationFailedException NotWritable(string drive, string kind) => new(new(
        "disc-not-writable", $"{drive} cannot write the disc in it, a {kind}", "insert a blank CD-R, DVD-R, DVD+R, BD-R or the like, of a kind that this drive burns"));

    public static OperationFailedException Protected(string drive) => new(new(
        "disc-protected", $"the disc in {drive} is protected against writing", "set the switch of its cartridge; another disc, if it has none"));

    /// <param name="drive">The drive.</param>
    /// <param name="kind">The kind of disc.</param>
    /// <param name="canBeReused">Whether it can be burned all the same.</param>
    public static OperationFailedException Used(string drive, string kind, bool canBeReused) => new(new(
        "disc-used",
        $"there is something on the disc in {drive}, a {kind}; nothing was changed",
        canBeReused ? "with --blank it is burned all the same, and what is on it is lost" : "insert a blank disc"));

    public static OperationFailedException Appendable(string drive, string kind) => new(new(
        "disc-appendable",
        $"the {kind} in {drive} was begun, and not closed; an image belongs on a blank disc: nothing was changed",
        "insert a blank disc"));

    public static OperationFailedException Interrupted(string drive, string kind) => new(new(
        "disc-interrupted", $"writing the {kind} in {drive} was interrupted once: it is spoiled", "insert a blank disc; mark this one"));

    public static OperationFailedException PseudoOverwrite(string drive) => new(new(
        "disc-pseudo-overwrite",
        $"the BD-R in {drive} was formatted for pseudo-overwrite, as growisofs does: it is never closed, and other drives may not read it",
        "insert a blank disc that no program has formatted"));

    public static OperationFailedException TooSmall(string drive, string kind, long sectors, long free) => new(new(
        "disc-too-small",
        string.Create(CultureInfo.InvariantCulture, $"the image takes {sectors} sectors, and the {kind} in {drive} has room for {free}"),
        "insert a larger disc"));

    public static OperationFailedException NoSpare(string drive, string kind) => new(new(
        "spare-not-offered", $"{drive} offers no such spare area for the disc in it, a {kind}", "leave --spare out: BD-R and BD-RE alone have spare areas by choice"));

    public static OperationFailedException CannotSimulate(string drive, string kind) => new(new(
        "cannot-simulate", $"a {kind}, as in {drive}, cannot be burned as if: only CD, DVD-R and DVD-RW can", "leave --simulate out"));

    // ---- while it is burned

    /// <param name="drive">The drive.</param>
    /// <param name="said">What the system said; null for nothing.</param>
    public static Failure Vanished(string drive, string? said) => new(
        "drive-gone", $"the drive {drive} vanished{(said is null ? "" : $": {said}")}", "check its cable and power; look with 'spindle drives' what became of the disc");

    public static Failure Silent(string drive, BurnStep step, TimeSpan limit) => new(
        "drive-silent",
        string.Create(CultureInfo.InvariantCulture, $"{drive} did not come to an end with {Words(step)}, nor any further, within {limit.TotalSeconds:0} s"),
        "switch the drive off and on; the disc is spoiled, if it could be written once only");

    public static Failure NotWritten(string drive, long? sector, Sense sense)
    {
        string what = sector is { } number
            ? string.Create(CultureInfo.InvariantCulture, $"{drive} could not write sector {number}: {sense}")
            : $"{drive} could not write a sector, and does not say which: {sense}";
        return new("write-failed", what, "another disc; if that fails, too, another brand of discs, or a lower --speed");
    }

    public static Failure NotBlanked(string drive, Sense sense) => new("blanking-failed", $"{drive} could not make the disc blank: {sense}", "another disc");

    public static Failure NotFormatted(string drive, Sense sense) => new("formatting-failed", $"{drive} could not format the disc: {sense}", "another disc");

    public static Failure NotPrepared(string drive, string what, Sense sense) => new(
        "drive-refused", $"{drive} did not take what it must know to burn the disc ({what}): {sense}", "another drive");

    public static Failure NotCalibrated(string drive, Sense sense) => new(
        "calibration-failed", $"{drive} could not measure its laser on the disc: {sense}", "another disc: this one's area for that is full, or damaged");

    public static Failure NotFlushed(string drive, Sense sense) => new(
        "flushing-failed", $"{drive} could not write what it held back, and nobody knows what that was: {sense}", "another disc");

    public static Failure NotClosed(string drive, Sense sense) => new(
        "closing-failed", $"{drive} could not close the disc: {sense}; other drives may not read it", "another disc");

    public static Failure Unchanged(string drive) => new(
        "disc-unchanged", $"{drive} took the whole image and reported no error, but says that the disc is still blank", "do not trust this drive; burn in another one");

    public static Failure XorrisoFailed(string drive, string said) => new("xorriso-failed", $"xorriso could not burn the disc in {drive}: {said}", "another disc; or leave --engine out");

    public static Failure XorrisoComplained(string said) => new("xorriso-complained", $"xorriso said, and that did not keep the disc from what is told of it here: {said}");

    public static Failure LeftOpen(string drive) => new(
        "disc-left-open", $"{drive} was told to close the disc, and says that it is open; other drives may not read it", "another drive");

    public static Failure TrayStuck(string drive, Sense sense) => new(
        "tray-stuck", $"{drive} did not take the disc in again to read it: {sense}; the copy is not proven", "put the disc in, and hold it against the image");

    public static Failure NotBrought(string drive, string verifier) => new(
        "copy-unread", $"the disc that {drive} burned was not brought into {verifier}: it is burned and closed, and nobody has read it", $"'spindle verify {verifier}' reads a disc of an archive");

    public static Failure NotTheImage(string drive, string reader, DiscComparison comparison) => new(
        "copy-differs",
        $"the disc that {drive} burned is not the image{(reader == drive ? "" : $", as {reader} reads it")}: {string.Join(", ", Parts(comparison))}",
        "mark the disc, and burn another one; if that is so, too, other discs or a lower --speed");

    /// <param name="what">What has become of the disc.</param>
    public static Failure Stopped(string what) => new("cancelled", what);

    // ---- what is to be known

    public static Failure SpeedNotSet(string drive, Sense sense) => new("speed-not-set", $"{drive} does not let its writing speed be set: {sense}", "it burns as fast as it likes");

    public static Failure TrayKeptShut(string drive, Sense sense) => sense is { Code: 0x53, Qualifier: 0x02 }
        ? new("tray-locked", $"the tray of {drive} is locked by another program, so the disc was read without being taken out", "a check in another drive proves more")
        : new("tray-not-opened", $"the tray of {drive} did not open ({sense}), so the disc was read without being taken out", "a check in another drive proves more; a paper clip opens a tray that is stuck");

    public static Failure NotReloaded(string drive) => new(
        "not-reloaded", $"the tray of {drive} does not close by itself, so the disc was read without being taken out", "a check in another drive proves more");

    public static Failure SpareUsed(string drive, long sectors) => new(
        "spare-used", string.Create(CultureInfo.InvariantCulture, $"{drive} replaced {sectors} bad sectors of the disc by spare ones"), "the disc is not one of the best: check it sooner than others");

    public static Failure SpareStays(string drive) => new(
        "spare-stays", $"the disc in {drive} was formatted before: it keeps the spare area that it got then");

    public static Failure CutShort(long sector) => new(
        "image-cut-short", string.Create(CultureInfo.InvariantCulture, $"the last sector of the image, {sector}, is not whole; on the disc, zeros fill it"), "was the image copied to its end?");

    public static OperationFailedException Of(Failure failure) => new(failure);

    /// <summary>Whether another disc may do where this one was refused.</summary>
    public static bool IsOfTheDisc(Failure failure) => failure.Code is "tray-open" or "no-medium" or "not-ready" or "disc-not-writable" or "disc-protected" or "disc-used"
        or "disc-appendable" or "disc-interrupted" or "disc-pseudo-overwrite" or "disc-too-small" or "cannot-simulate" or "spare-not-offered";

    /// <summary>What is done, as a noun.</summary>
    public static string Words(BurnStep step) => step switch
    {
        BurnStep.Surveying => "looking at the disc",
        BurnStep.Hashing => "reading the image",
        BurnStep.Blanking => "blanking",
        BurnStep.Formatting => "formatting",
        BurnStep.Preparing => "getting ready",
        BurnStep.Calibrating => "calibrating",
        BurnStep.Burning => "writing",
        BurnStep.Flushing => "writing what it held back",
        BurnStep.Closing => "closing the disc",
        BurnStep.Judging => "looking at the burned disc",
        BurnStep.Loading => "loading the disc",
        _ => "reading the disc",
    };

    private static IEnumerable<string> Parts(DiscComparison comparison)
    {
        if (comparison.Unreadable.Count > 0)
        {
            long count = comparison.Unreadable.Sum(range => range.Count);
            string least = count >= DiscComparison.MostUnreadable ? "at least " : "";
            yield return string.Create(CultureInfo.InvariantCulture, $"{least}{count} {(count == 1 ? "sector" : "sectors")} cannot be read, the first is {comparison.Unreadable[0].Start}");
        }

        if (comparison.Different.Count > 0)
        {
            long count = comparison.Different.Sum(range => range.Count);
            yield return string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "sector differs" : "sectors differ")}, the first is {comparison.Different[0].Start}");
        }
    }
}
