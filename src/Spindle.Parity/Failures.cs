// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Parity;

/// <summary>All that stops the work on parity, in the words that the user is shown: each code and sentence is here, and nowhere else.</summary>
internal static class Failures
{
    public static OperationFailedException PartialSector(IImageStorage image, int sectorSize) => new(new(
        "partial-sector", $"{image.Name} is {image.Length} bytes long, no whole number of sectors of {sectorSize}", "keep its parity in a file of its own"));

    public static OperationFailedException AlreadyProtected(string image) => new(new("already-protected", $"{image} holds parity already", "check it instead"));

    public static OperationFailedException NoRoomForParity(string image, long sectors) => new(new(
        "no-room-for-parity", $"{image} has {sectors} sectors, which leaves less room for parity than it needs",
        "fill a larger medium, or keep the parity in a file of its own"));

    public static OperationFailedException Empty(string image) => new(new("empty-source", $"{image} is empty"));

    public static OperationFailedException NoMediumToFill() => new(new(
        "no-medium-to-fill", "a file of parity fills no medium", "say how much redundancy it is to have"));

    public static OperationFailedException ReadsBackDifferently(string parityFile, long sectors) => new(new(
        "verification-failed", $"{parityFile} was written, and reads back differently in {sectors} sectors",
        "do not trust the storage that it is on, nor the memory of this computer, before you have tested both"));

    public static OperationFailedException Unreadable(string image, long sector) => new(new(
        "payload-unreadable", $"sector {sector} of {image} can't be read", "parity can only protect what is whole: rescue the image first"));

    public static OperationFailedException Marked(string image, long sector) => new(new(
        "dead-sector-marker", $"sector {sector} of {image} is a marker for a sector that could not be read",
        "rescue that sector, or overwrite it with zeros: parity over a marker would be taken for damage ever after"));

    /// <param name="image">The image.</param>
    /// <param name="parityFile">The file that its parity was to be in; null where it was to be in the image.</param>
    public static OperationFailedException NoParity(IImageStorage image, IImageStorage? parityFile) => new(new(
        "no-parity", $"{(parityFile ?? image).Name} holds no parity that can be recognised",
        parityFile is null ? "name the file of parity, if it is kept beside the image" : null));

    public static OperationFailedException OtherParity(string image, string parityFile) => new(new(
        "other-parity",
        $"{parityFile} was made for another image, or sector 16 of {image} is damaged: mending makes the image of it that the parity was made for",
        "--yes mends it nevertheless; --to FILE makes a mended copy, and leaves this one as it is"));

    /// <param name="image">The image.</param>
    /// <param name="command">What was being done to it.</param>
    public static OperationFailedException UnfinishedChange(string image, string command) => new(new(
        "unfinished-change", $"{image} was left in the middle of a {command}", $"run the {command} again: it continues, and brings the image into order"));

    public static OperationFailedException ReadOnly(string image) => new(new("target-denied", $"{image} can only be read", "copy it to an image first, and mend that"));

    public static OperationFailedException AlreadyExists(string path) => new(new("already-exists", $"{path} exists already", "name another file, or allow it to be overwritten"));

    public static OperationFailedException SumsMissing(string folder) => new(new(
        "sums-missing", $"{folder} has no sums of an open set", "begin a set with all images that are at hand"));

    public static OperationFailedException SumsDamaged(string folder) => new(new(
        "sums-damaged", $"{folder} does not give back the sums that were written to it", "its storage is not to be trusted: begin again elsewhere, from the images"));

    public static OperationFailedException SumsUnfinished(string folder, string disc) => new(new(
        "sums-unfinished", $"{disc} is in the sums of {folder} in part", "add it again first: that goes on where it was cut off"));

    public static OperationFailedException ImageChanged(string disc) => new(new(
        "image-changed", $"{disc} is not what it was when it began to be added to its set", "add the image that it was; without that, begin the set again from the images"));

    public static OperationFailedException ImageDiffers(string disc) => new(new(
        "image-differs", $"{disc} does not read back as it was written", "its storage is not to be trusted: write to another one, where its set begins anew"));

    public static OperationFailedException DiscGivenTwice(string disc) => new(new(
        "disc-given-twice", $"{disc} is in the set already", "name each disc once; images of one set have different names"));

    public static OperationFailedException SetTooLarge(int discs, int rows) => new(new(
        "set-too-large", $"{discs} discs are too many for a set with {rows} parity discs: {DiscSet.SetCode.MostDiscs(rows)} at most", "make two sets of them"));

    public static OperationFailedException IsPipe(string path, Exception cause) => new(
        new("source-is-pipe", $"{path} is no file, but a pipe or another stream", "write it to a file first, and name that"), cause);

    public static OperationFailedException DoesNotExist(string path, Exception cause) => new(new("no-such-source", $"{path} does not exist"), cause);

    public static OperationFailedException IsDirectory(string path, Exception cause) => new(
        new("source-is-directory", $"{path} is a directory", "name the image file itself"), cause);

    public static OperationFailedException CannotOpen(string path, Exception cause) => new(
        new("source-unreadable", $"{path} can't be opened: {cause.Message}"), cause);
}
