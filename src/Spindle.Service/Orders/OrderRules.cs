// SPDX-License-Identifier: MIT
namespace Spindle.Service.Orders;

/// <summary>All verbs that can be jobs, one by one: what they read, write and hold.</summary>
/// <remarks>
/// Of those that are cut off, most go on with the same request: scan, plan, write, archive, restore, access and repair keep what was done; merge,
/// parity, protect, export and import begin anew over what was left unfinished. Extract leaves out what is there already, and says so.
/// </remarks>
internal static class OrderRules
{
    private const string Catalogue = "catalogue", Job = "what.job", Sources = "what.sources[]", Target = "target";

    /// <summary>The rules, by the names of their verbs.</summary>
    public static IReadOnlyList<OrderRule> All { get; } =
    [
        new("access")
        {
            Paths = [("paths[]", PathUse.Reads), (Target, PathUse.Writes)],
            Texts = ["settings.profile", "settings.preset", "settings.deinterlace", "programPath"],
            Writes = [Target, "paths[]"],
            Title = ["paths[]"],
            NeedsProcessor = true,
        },
        new("archive")
        {
            Paths = [(Catalogue, PathUse.Holds), ("scan.sources[]", PathUse.Reads), ("write.directory", PathUse.Writes), ("burn.drives[]", PathUse.Disc), ("burn.verifier", PathUse.Disc)],
            Texts = ["scan.excludes[]", "scan.job", "scan.client", "scan.prefix", "plan.capacity", "plan.keepTogether[]", "burn.spare", "burn.engine", "burn.verify", "burn.place", "burn.medium"],
            Writes = ["write.directory"],
            Title = ["scan.job", "scan.sources[]"],
            NeedsProcessor = true,
        },
        new("audit")
        {
            Paths = [("paths[]", PathUse.Reads), ("copies[]", PathUse.Reads), ("csv", PathUse.Writes), (Catalogue, PathUse.Enters)],
            Writes = ["csv"],
            Title = ["paths[]"],
            NeedsProcessor = true,
            OnlyReads = false, // it may adopt images
            GoesOnBy = "resume",
            GoesOnWith = "csv",
        },
        new("batch")
        {
            Paths = [("form", PathUse.Reads), ("directory", PathUse.Writes), ("robot.program", PathUse.Reads), ("robot.drives[]", PathUse.Disc), (Catalogue, PathUse.Enters)],
            Texts = ["task", "robot.name", "robot.driver", "robot.device", "names", "accept[]", "reject[]", "onReject", "operator", "verify"],
            Writes = ["directory"],
            Title = ["directory", "form"],
            OnlyReads = false, // a robot is of one station, and what was begun goes on with the same request
        },
        new("burn")
        {
            Paths = [("images[]", PathUse.Reads), ("how.drives[]", PathUse.Disc), ("how.verifier", PathUse.Disc), (Catalogue, PathUse.Enters)],
            Texts = ["how.spare", "how.engine", "how.verify", "how.place", "how.medium"],
            Title = ["images[]", "how.drives[]"],
            OnlyReads = false,
        },
        new("check")
        {
            Paths = [("what.image", PathUse.Disc), ("what.parityFile", PathUse.Reads), ("what.map", PathUse.Reads), (Catalogue, PathUse.Enters)],
            Texts = ["copy"],
            Title = ["what.image"],
            NeedsProcessor = true,
        },
        new("damage")
        {
            Paths = [("image", PathUse.Disc), ("map", PathUse.Reads)],
            Title = ["image"],
        },
        new("demo")
        {
            Paths = [("directory", PathUse.Writes)],
            Writes = ["directory"],
            Title = ["directory"],
        },
        new("discs")
        {
            Paths = [(Catalogue, PathUse.Enters), ("chart", PathUse.Writes)],
            Texts = ["label", "copy", "place", "image", "kind"],
            Writes = ["chart"],
            Title = [Catalogue],
        },
        new("drives")
        {
            Texts = ["drive", "name"],
            Title = ["drive"],
            OnlyReads = false, // drives are of one station
        },
        new("events")
        {
            Paths = [(Catalogue, PathUse.Consults)],
            Texts = ["kind"],
            Title = [Catalogue],
        },
        new("export")
        {
            Paths = [(Catalogue, PathUse.Consults), ("file", PathUse.Writes)],
            Texts = ["format"],
            Writes = ["file"],
            Title = ["file"],
        },
        new("extract")
        {
            Paths = [("disc.source", PathUse.Disc), ("disc.map", PathUse.Reads), ("what.target", PathUse.Writes)],
            Texts = ["disc.view", "disc.charset", "what.patterns[]"],
            Writes = ["what.target"],
            Title = ["disc.source"],
        },
        new("find")
        {
            Paths = [(Catalogue, PathUse.Consults)],
            Texts = ["pattern", "sha256"],
            Title = ["pattern"],
        },
        new("image")
        {
            Paths = [("source", PathUse.Disc), ("directory", PathUse.Writes), ("map", PathUse.Writes), (Catalogue, PathUse.Enters)],
            Texts = ["name", "operator", "identifier", "title", "note", "hashes[]", "verify", "charset", "commandLine", "place"],
            Writes = ["directory"],
            Name = "name",
            Title = ["name", "title", "source"],
            GoesOnBy = "resume",
        },
        new("import")
        {
            Paths = [(Catalogue, PathUse.Holds), ("file", PathUse.Reads)],
            Texts = ["place"],
            Title = ["file"],
        },
        new("inspect")
        {
            Paths = [("sources[]", PathUse.Disc), ("map", PathUse.Reads)],
            Title = ["sources[]"],
        },
        new("label")
        {
            Paths = [(Catalogue, PathUse.Consults), ("template", PathUse.Reads), ("to", PathUse.Writes), ("saveTemplate", PathUse.Writes)],
            Texts = ["copy", "for", "paper"],
            Writes = ["to", "saveTemplate"],
            Title = ["to", "saveTemplate"],
        },
        new("ls")
        {
            Paths = [("disc.source", PathUse.Disc), ("disc.map", PathUse.Reads)],
            Texts = ["disc.view", "disc.charset", "path"],
            Title = ["disc.source"],
        },
        new("merge")
        {
            Paths = [("output", PathUse.Writes), ("sources[].image", PathUse.Reads), ("sources[].map", PathUse.Reads)],
            Writes = ["output"],
            Title = ["output"],
            NeedsProcessor = true,
        },
        new("mount")
        {
            Paths = [(Catalogue, PathUse.Consults), ("directory", PathUse.Writes), ("sources[]", PathUse.Disc)],
            Texts = ["cold"],
            Writes = ["directory"],
            Title = ["directory"],
            OnlyReads = false, // a drive is of one station
        },
        new("num_isos")
        {
            Paths = [(Catalogue, PathUse.Consults)],
            Title = [Catalogue],
        },
        new("parity")
        {
            Paths = [("sources[]", PathUse.Disc), ("extends[]", PathUse.Reads), (Target, PathUse.Writes)],
            Texts = ["task", "name", "capacity", "lost[]"],
            Writes = [Target],
            Title = ["name", Target, "sources[]"],
            NeedsProcessor = true,
        },
        new("plan")
        {
            Paths = [(Catalogue, PathUse.Holds)],
            Texts = ["what.capacity", "what.keepTogether[]"],
            Title = [Catalogue],
            NeedsProcessor = true,
        },
        new("protect")
        {
            Paths = [("image", PathUse.Reads), (Target, PathUse.Writes), ("parityFile", PathUse.Writes)],
            Texts = ["fill"],
            Writes = [Target, "parityFile", "image"],
            Title = [Target, "image"],
            NeedsProcessor = true,
        },
        new("repair")
        {
            Paths = [("what.image", PathUse.Reads), ("what.parityFile", PathUse.Reads), ("what.map", PathUse.Reads), (Target, PathUse.Writes)],
            Writes = [Target, "what.image"],
            Title = ["what.image"],
            NeedsProcessor = true,
        },
        new("restore")
        {
            Paths = [(Catalogue, PathUse.Consults), (Sources, PathUse.Disc), ("what.target", PathUse.Writes), ("robot.program", PathUse.Reads), ("robot.drives[]", PathUse.Disc)],
            Texts = ["what.patterns[]", "robot.name", "robot.driver", "robot.device"],
            Writes = ["what.target"],
            Title = ["what.target"],
        },
        new("robot")
        {
            Paths = [("robot.program", PathUse.Reads), (Catalogue, PathUse.Enters)],
            Texts = ["task", "robot.name", "robot.driver", "robot.device", "robot.drives[]", "from", "to", "slots[]", "copy"],
            Title = ["task", "robot.name", "robot.device"],
            OnlyReads = false, // a robot is of one station
        },
        new("scan")
        {
            Paths = [(Catalogue, PathUse.Holds), (Sources, PathUse.Reads)],
            Texts = ["what.excludes[]", Job, "what.client", "what.prefix"],
            Title = [Job, Sources],
            NeedsProcessor = true,
        },
        new("tree")
        {
            Paths = [("source", PathUse.Disc), ("map", PathUse.Reads)],
            Texts = ["view", "charset"],
            Title = ["source"],
        },
        new("vault")
        {
            Paths = [(Catalogue, PathUse.Enters), ("landing", PathUse.Writes), ("directories[]", PathUse.Writes), ("sources[]", PathUse.Disc), ("burn.drives[]", PathUse.Disc), ("burn.verifier", PathUse.Disc)],
            Texts = ["task", "landingSize", "what", "rules.archive[]", "rules.smallestSize", "rules.defaultClass", "plan.capacity", "plan.keepTogether[]", "keep", "burn.spare", "burn.engine", "burn.verify", "burn.place", "burn.medium"],
            Writes = ["directories[]", "landing"],
            Title = ["what", Catalogue],
            NeedsProcessor = true,
            OnlyReads = false,
        },
        new("verify")
        {
            Paths = [("sources[]", PathUse.Disc), (Catalogue, PathUse.Enters)],
            Title = ["sources[]"],
            NeedsProcessor = true,
        },
        new("where")
        {
            Paths = [(Catalogue, PathUse.Consults)],
            Texts = ["path"],
            Title = ["path"],
        },
        new("write")
        {
            Paths = [(Catalogue, PathUse.Holds), ("how.directory", PathUse.Writes)],
            Writes = ["how.directory"],
            Title = [Catalogue],
            NeedsProcessor = true,
        },
    ];

    /// <summary>The rule of a verb; null where it can be no job.</summary>
    public static OrderRule? Of(string verb) => All.FirstOrDefault(rule => rule.Verb == verb);
}
