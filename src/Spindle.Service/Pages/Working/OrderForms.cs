// SPDX-License-Identifier: MIT
namespace Spindle.Service.Pages.Working;

/// <summary>The forms of this service, by verb.</summary>
internal static class OrderForms
{
    private const string OnThisMachine = "A path on the machine that this service runs on.";

    private static readonly (string, string)[] VerifyImage = [("image", "the image, from its storage"), ("disc", "the disc and the image"), ("none", "nothing")];

    /// <summary>Of a disc.</summary>
    public static OrderForm Image { get; } = new("image", "Image a disc", "A bit-perfect image with its record, proven by reading it again.",
    [
        new("source", "Drive or image file") { IsRequired = true, Help = "Such as /dev/sr0; the drives page lists them." },
        new("directory", "Folder for images") { IsRequired = true, Help = "The image gets a folder of its own below it." },
        new("name", "Name") { Help = "Left empty, the disc's own name is taken." },
        new("operator", "Operator"),
        new("identifier", "Call number"),
        new("title", "Title"),
        new("place", "Where the disc is kept") { Help = "Kept in the catalogue, if one is named below." },
        new("note", "Note"),
        new("verify", "What is read a second time", FieldKind.Choice) { Choices = VerifyImage, Usual = "image" },
        new("eject", "Eject the disc at the end", FieldKind.Check) { Usual = "yes" },
        new("catalogue", "Catalogue") { Help = "The disc is entered there, with its files. " + OnThisMachine, IsFurther = true },
        new("retries", "Tries of each bad sector", FieldKind.Number) { IsFurther = true },
        new("speed", "Read at most at (x)", FieldKind.Number) { IsFurther = true },
        new("resume", "Go on with an unfinished image of this name", FieldKind.Check) { IsFurther = true },
        new("overwrite", "Replace an image of this name, once the new one is proven", FieldKind.Check) { IsFurther = true },
        new("repair", "Restore what cannot be read by parity on the disc", FieldKind.Check) { IsFurther = true },
        new("bag", "Make the folder a bag (RFC 8493)", FieldKind.Check) { IsFurther = true },
        new("premis", "Write a PREMIS record", FieldKind.Check) { IsFurther = true },
    ]);

    /// <summary>Of each disc that is put into a drive: what is asked of one disc alone is left out.</summary>
    public static OrderForm EachDisc { get; } = Image with { Fields = [.. Image.Fields.Where(field => field.Key is not ("source" or "name" or "identifier" or "title" or "note" or "resume" or "overwrite"))] };

    /// <summary>Of objects of a vault.</summary>
    public static OrderForm Thaw { get; } = new("vault", "Fetch objects of a vault", "Brings objects back that are on discs only, and asks for one disc after the other.",
    [
        new("task", "Task", FieldKind.Fixed) { Usual = "thaw" },
        new("catalogue", "Catalogue") { IsRequired = true, Help = OnThisMachine },
        new("what", "Objects") { Help = "A bucket, or photos/2019/ for those whose keys begin so; left empty, what programs asked for." },
        new("sources", "Images, drives, mounted discs or folders of such, a line each", FieldKind.Lines) { Help = "Images that are where they were written are found by themselves." },
        new("days", "Days that they stay", FieldKind.Number) { Help = "Left empty, a week." },
        new("wait", "Ask for discs that are not at hand", FieldKind.Check) { Usual = "yes" },
    ]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OrderForm> All { get; } =
    [
        Image,
        new("scan", "Scan folders", "Reads folders into a catalogue: what there is to archive.",
        [
            new("what.sources", "Folders, a line each", FieldKind.Lines) { IsRequired = true, Help = OnThisMachine },
            new("catalogue", "Catalogue") { IsRequired = true, Help = "Made where there is none." },
            new("what.job", "Name of the archive"),
            new("what.client", "Whose archive it is"),
            new("what.excludes", "Leave out, a line each", FieldKind.Lines) { Help = "By the rules of .gitignore, such as *.tmp" },
            new("what.rehash", "Read unchanged files, too", FieldKind.Check) { IsFurther = true },
            new("what.oneFileSystem", "Don't go into other file systems", FieldKind.Check) { IsFurther = true },
            new("what.prefix", "Where in the archive the tree stands") { IsFurther = true },
        ]),
        new("plan", "Plan discs", "Decides what comes onto which disc.",
        [
            new("catalogue", "Catalogue") { IsRequired = true },
            new("what.capacity", "Disc", FieldKind.Text) { IsRequired = true, Usual = "bd", Help = "Such as cd, dvd, bd, bd-dl, 25GB." },
            new("what.parityPercent", "Parity, percent", FieldKind.Number),
            new("what.parityDiscs", "Parity discs to each set of discs", FieldKind.Number) { Help = "So many of a set may be lost as a whole; left empty, none." },
            new("what.splitsFiles", "Divide files that are larger than a disc", FieldKind.Check),
            new("what.keepTogether", "Folders not to be divided, a line each", FieldKind.Lines) { IsFurther = true },
            new("what.setSize", "Discs of a set at most", FieldKind.Number) { IsFurther = true },
            new("what.reservePercent", "Leave empty, percent", FieldKind.Number) { IsFurther = true },
            new("what.names", "A disc, too, where names alone are new", FieldKind.Check) { IsFurther = true },
        ]),
        new("write", "Write images of planned discs", "Makes the images that are burned.",
        [
            new("catalogue", "Catalogue") { IsRequired = true },
            new("how.directory", "Folder for images") { IsRequired = true },
            new("disc", "Number of the disc", FieldKind.Number) { Help = "From 0; left empty, all discs of the plan." },
            new("how.overwrite", "Make images again that are there", FieldKind.Check),
        ]),
        new("restore", "Restore files", "Gets files back from discs or their images, each checked.",
        [
            new("what.sources", "Images, drives, mounted discs or folders of such, a line each", FieldKind.Lines) { IsRequired = true, Help = OnThisMachine },
            new("what.target", "Folder to restore into") { IsRequired = true },
            new("what.patterns", "What, a line each", FieldKind.Lines) { Help = "As in .gitignore; left empty, everything." },
            new("catalogue", "Catalogue") { Help = "Left empty, the one on the discs." },
            new("what.overwrite", "Replace files that are something else", FieldKind.Check),
            new("what.dryRun", "Only tell which discs it takes", FieldKind.Check),
        ]),
        Thaw,
        new("verify", "Verify discs of an archive", "Reads every file, and holds it against its hash.",
        [
            new("sources", "Images, drives, mounted discs or folders of such, a line each", FieldKind.Lines) { IsRequired = true, Help = OnThisMachine },
            new("catalogue", "Catalogue") { Help = "Remembers what was found." },
        ]),
        new("audit", "Audit a collection of images", "Reads images again, and holds them against their records.",
        [
            new("paths", "Folders or images, a line each", FieldKind.Lines) { IsRequired = true, Help = OnThisMachine },
            new("samplePercent", "Share to read, percent", FieldKind.Number),
            new("olderThanDays", "Only what passed longer ago than (days)", FieldKind.Number),
            new("csv", "Table to write") { Help = "A CSV file; a line for each image." },
            new("catalogue", "Catalogue") { Help = "Remembers what was found." },
            new("adopt", "Make a record of each image that has none", FieldKind.Check),
        ]),
        new("protect", "Protect an image by parity", "Adds RS03 parity, so that damage can be mended.",
        [
            new("image", "Image") { IsRequired = true, Help = OnThisMachine },
            new("redundancy", "Parity, percent", FieldKind.Number) { Help = "Left empty, as much as fits." },
            new("target", "Write the protected image to") { Help = "Left empty, the image itself grows." },
            new("overwrite", "Replace that file", FieldKind.Check),
        ]),
        new("check", "Check a protected image", "Reads all of it, and tells how much it can still lose.",
        [
            new("what.image", "Image or drive") { IsRequired = true, Help = OnThisMachine },
            new("what.parityFile", "File of its parity"),
            new("catalogue", "Catalogue") { Help = "Remembers what was found." },
        ]),
        new("repair", "Repair a protected image", "Mends what its parity can mend.",
        [
            new("what.image", "Image") { IsRequired = true, Help = OnThisMachine },
            new("what.parityFile", "File of its parity"),
            new("target", "Write the mended image to") { Help = "Left empty, the image itself is mended." },
        ]),
        new("access", "Make access copies", "MP4 or FFV1 of DVD-Video images.",
        [
            new("paths", "Images or folders, a line each", FieldKind.Lines) { IsRequired = true, Help = OnThisMachine },
            new("target", "Folder for the copies") { Help = "Left empty, beside the images." },
            new("settings.profile", "Format", FieldKind.Choice) { Choices = [("mp4", "MP4 (H.264)"), ("ffv1", "Matroska (FFV1)")], Usual = "mp4" },
            new("settings.subtitles", "Keep subtitles", FieldKind.Check),
        ]),
    ];

    /// <summary>The form of a verb; null where there is none.</summary>
    public static OrderForm? Of(string? verb) => All.FirstOrDefault(form => form.Verb == verb);
}
