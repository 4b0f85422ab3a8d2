// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Archiving.Sets;

/// <summary>All that stops the work on sets of discs, or is lacking after it, in the words that the user is shown.</summary>
internal static class SetFailures
{
    public static OperationFailedException NoImages() => new(new("no-images", "there are no images to make parity of", "name images, or folders with .iso or .img files"));

    public static OperationFailedException NoSet(IEnumerable<string> sources) => new(new(
        "no-set", $"there is no set.tsv in {string.Join(", ", sources)}", "name the folder that the parity is in, or the files of a parity disc"));

    public static OperationFailedException DamagedTable(string path) => new(new(
        "set-table-damaged", $"{path} is no table of a set, or contradicts itself", "every parity disc has one: name the folder of another"));

    public static OperationFailedException Mixed(string one, string other) => new(new(
        "generation-mixed", $"{one} and {other} are of different sets, or of one set at different times", "name the parity of one set alone"));

    public static OperationFailedException GivenTwice(string name, string one, string other) => new(new(
        "disc-given-twice", $"{one} and {other} are both {name}", "name one of them: the better one, if they differ"));

    public static OperationFailedException NoSuchSource(string path) => new(new("no-such-source", $"{path} does not exist"));

    public static OperationFailedException CannotOpen(string path, Exception cause) => new(new("source-unreadable", $"{path} can't be opened: {cause.Message}"), cause);

    public static OperationFailedException NotInSet(string name) => new(new("not-in-set", $"{name} is not in the set", "'spindle parity list' says what is"));

    public static OperationFailedException TooLarge(int discs, int rows, int most) => new(new(
        "set-too-large", $"{discs} discs are too many for a set with {rows} parity discs: {most} at most", "make two sets of them"));

    public static OperationFailedException Closed(string folder) => new(new(
        "set-closed", $"the set in {folder} is closed: its parity was made", "--extend makes new parity of it and of more discs, in another folder"));

    public static OperationFailedException Incomplete(string what) => new(new(
        "set-incomplete", $"the set can't be extended: {what}", "all of its parity is needed for that; 'spindle parity repair' makes a lost one again"));

    public static OperationFailedException NoOpenSet(string folder) => new(new("sums-missing", $"{folder} has no open set", "'spindle parity create IMAGES --to DIR --open' begins one"));

    public static OperationFailedException SeveralOpen(string folder) => new(new("several-sets", $"{folder} has several open sets", "--name says which one"));

    public static OperationFailedException OtherRows(string folder, int rows) => new(new(
        "other-parity-discs", $"the open set in {folder} has {rows} parity discs", "leave --parity-discs out, or begin another set"));

    public static OperationFailedException Unfinished(string folder, string disc) => new(new(
        "sums-unfinished", $"{disc} is in the sums of {folder} in part", "add it again first: that goes on where it was cut off"));

    public static OperationFailedException OtherSums(string folder, int set) => new(new(
        "sums-of-another-set", $"{folder} has sums of another plan than set {set} is of", "take that folder away, or write to another one: the sums of a plan that was made anew are worth nothing"));

    public static OperationFailedException SumsGone(string folder, int set, int discs) => new(new(
        "sums-missing", $"{folder}, where {Figures.Count(discs, "disc", "discs")} of set {set} were added up, is gone",
        "bring it back; without it, 'spindle parity create' makes parity of the images, and 'spindle write --no-set' writes discs without"));

    public static OperationFailedException OtherImageInSums(string name, string folder) => new(new(
        "image-changed", $"the sums in {folder} have another image of {name} than the one that is there now", "take that folder away, and write all discs of the set again: those that are there are read once for it"));

    public static OperationFailedException Busy(string folder) => new(new("target-busy", $"another process adds discs to {folder}", "wait until it has ended"));

    public static OperationFailedException NamesTooLong(int discs) => new(new(
        "set-too-large", $"the names of {discs} discs are too long for the list of a volume", "give the images shorter names, or make two sets of them"));

    public static OperationFailedException Empty(string image) => new(new("empty-source", $"{image} is empty"));

    public static OperationFailedException Unreadable(string image, long position) => new(new(
        "payload-unreadable", $"byte {position} of {image} can't be read", "parity can only protect what is whole: rescue the image first"));

    public static OperationFailedException NeverRead(string image, long sectors) => new(new(
        "payload-unreadable", $"{Figures.Count(sectors, "sector", "sectors")} of {image} {(sectors == 1 ? "was" : "were")} never read, as its map says", "parity can only protect what is whole: rescue the image first"));

    public static OperationFailedException Exists(string path) => new(new("already-exists", $"{path} exists already", "name another folder, or allow it to be overwritten"));

    public static OperationFailedException ParityTooLarge(string image, long sectors, long most) => new(new(
        "parity-too-large", $"{image} has {sectors} sectors, and the medium {most}", "take a larger medium; data discs with RS03, or planned with --reserve, leave room on one of their size"));

    public static OperationFailedException ReadsBackDifferently(string path) => new(new(
        "image-differs", $"{path} does not read back as it was written", "its storage is not to be trusted: write to another one"));

    /// <summary>More is missing than parity is there.</summary>
    public static Failure TooManyLost(IReadOnlyCollection<string> missing, int rows) => new(
        "too-many-lost", $"{missing.Count} of the set are missing, and it can bear {rows}: {string.Join(", ", missing)}", "what is missing may be in another box; each one that is found helps");

    /// <summary>Some bytes can't be made again: more is missing there than parity is there.</summary>
    public static Failure BeyondParity(string name, long bytes) => new(
        "beyond-parity", $"{Figures.Count(bytes, "byte", "bytes")} of {name} can't be made again: too many others lack the same place", "the map beside the .part file says which; have damaged images mended by their own parity ('spindle repair'), and give the same command again; or another copy of any disc may have them");

    /// <summary>What was made is not what was written once.</summary>
    public static Failure NotAsWritten(string name) => new(
        "restored-differs", $"{name} was made again, and is not what its SHA-256 says", "another disc of the set has changed without its digests telling; hold each against its SHA-256");

    /// <summary>A row of parity, all of it as it was written, is not of these discs.</summary>
    public static Failure Contradicts(string name) => new(
        "parity-contradicts", $"{name} does not agree with the discs, though each piece is as it was written", "the memory of the computer that made it is not to be trusted: make the parity again");

    /// <summary>The head of a volume is damaged: what programs read it by.</summary>
    public static Failure DamagedHead(string name) => new(
        "volume-damaged", $"the head of {name} is not what it was: other programs may not take it for what it is", "'spindle parity repair' makes it again");

    /// <summary>A file that is none of the set.</summary>
    public static Failure Wrong(string path) => new("wrong-disc", $"{path} is none of this set, or nothing like what it was", "left out");

    /// <summary>A disc that came before it is known what the set is.</summary>
    public static Failure NoParityDisc(string disc) => new("no-set", $"the disc in {disc} is no parity disc, which alone says what the set is", "insert a parity disc first");

    /// <summary>A disc that was read before.</summary>
    public static Failure CameTwice(string name) => new("disc-given-twice", $"{name} was read already", "insert another one");

    /// <summary>A disc that damage at its rim takes something of.</summary>
    public static Failure NoRimProtection(string image) => new(
        "no-rim-protection", $"{image} leaves no room for parity of its own: damage at its rim is lost", "a larger medium has room");

    /// <summary>A name that other programs would not find.</summary>
    public static Failure NotAscii(string name, string listed) => new(
        "name-not-ascii", $"{name} is listed as {listed}: programs of PAR 1.0 know ASCII alone", $"for other programs, give it that name");
}
