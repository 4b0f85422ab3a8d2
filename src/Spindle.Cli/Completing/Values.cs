// SPDX-License-Identifier: MIT
using System.CommandLine.Completions;
using Spindle.Imaging.Hashing;
using Spindle.Media;

namespace Spindle.Cli.Completing;

/// <summary>What values an argument or option takes, for its <c>CompletionSources</c>.</summary>
/// <remarks>The kind of an item tells what it stands for; where it is none of these, the label is the value.</remarks>
internal static class Values
{
    /// <summary>The item stands for any file.</summary>
    public const string FileKind = "file";

    /// <summary>The item stands for any directory.</summary>
    public const string DirectoryKind = "directory";

    /// <summary>The item stands for the optical drives of the machine, which are asked for when somebody wants to know.</summary>
    public const string DriveKind = "drive";

    /// <summary>The label is one of a list, whose members have commas between them.</summary>
    public const string MemberKind = "member";

    /// <summary>The label is another form of a value, offered where its colon is typed already.</summary>
    public const string VariantKind = "variant";

    public static IEnumerable<CompletionItem> Files(CompletionContext context) => [new("FILE", FileKind)];

    public static IEnumerable<CompletionItem> Directories(CompletionContext context) => [new("DIR", DirectoryKind)];

    public static IEnumerable<CompletionItem> Drives(CompletionContext context) => [new("DRIVE", DriveKind)];

    /// <summary>Whether values of an argument or option are files, folders or drives.</summary>
    /// <param name="sources">What they are, where it says so.</param>
    /// <param name="helpName">What the help calls one.</param>
    public static bool AreFiles(IEnumerable<Func<CompletionContext, IEnumerable<CompletionItem>>> sources, string? helpName) =>
        helpName is "FILE" or "DIR" or "FOLDER" || sources.SelectMany(source => source(CompletionContext.Empty)).Any(item => item.Kind is FileKind or DirectoryKind or DriveKind);

    /// <summary>The checksums that an image can have.</summary>
    public static IEnumerable<CompletionItem> Hashes(CompletionContext context) => HashKind.All.Select(kind => new CompletionItem(kind.Name, MemberKind, detail: kind.Title));

    /// <summary>The names of what discs hold.</summary>
    public static IEnumerable<CompletionItem> Capacities(CompletionContext context) => Capacity.Names.SelectMany(name => (CompletionItem[])
    [
        Of(name, "Value"),
        Of($"{name}:raw", VariantKind),
        Of($"{name}:spare", VariantKind),
    ]);

    private static CompletionItem Of(string name, string kind) =>
        new(name, kind, detail: Capacity.TryParse(name, out Capacity? capacity) ? Figures.Size(capacity.Bytes) : null);
}
