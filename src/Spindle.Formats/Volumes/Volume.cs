// SPDX-License-Identifier: MIT
using Spindle.Formats.RockRidge;
using Spindle.Formats.Trees;
using Spindle.Media;

namespace Spindle.Formats.Volumes;

/// <summary>The tree of files of a disc, in one of the views that the disc offers.</summary>
/// <remarks>
/// Nothing is read before it is asked for, and nothing that was read is kept but a cache of fixed size: a million files take no
/// more memory than ten. What is wrong goes to <see cref="Findings"/>; reading goes on where it can. Not thread-safe, as its
/// reader is not; the reader stays the caller's, and must live longer.
/// </remarks>
public sealed class Volume
{
    private readonly DiscContents _contents;
    private readonly FileTree _tree;
    private readonly int _foundWhenOpened;
    private readonly ISectorReader _reader;
    private readonly VolumeOptions _options;

    private Volume(ISectorReader reader, VolumeOptions options, DiscContents contents, FileTree tree, Findings findings)
    {
        _reader = reader;
        _options = options;
        _contents = contents;
        _tree = tree;
        Findings = findings;
        _foundWhenOpened = findings.Items.Count;
    }

    /// <summary>Which view it is.</summary>
    public VolumeView View => _tree.View;

    /// <summary>Name of the volume in this view; empty where it has none.</summary>
    public string VolumeIdentifier => _tree.VolumeIdentifier;

    /// <summary>The root directory.</summary>
    public VolumeEntry Root => _tree.Root;

    /// <summary>What was found to be wrong so far.</summary>
    public Findings Findings { get; }

    /// <summary>Those of <see cref="Findings"/> since the volume was opened for which names are missing from what was listed.</summary>
    /// <remarks>And those for which a better tree could not be opened, or an older one is shown.</remarks>
    public IEnumerable<Finding> Missing => Findings.Items.Where((finding, index) => index < _foundWhenOpened
        ? MissingNames.IsOfLostTree(finding, View, isBest: _options.View is null)
        : MissingNames.Rules.Contains(finding.Rule));

    /// <summary>Those of <see cref="Findings"/> for which an entry that was listed is not all that it was.</summary>
    public IEnumerable<Finding> LostDescriptions =>
        Findings.Items.Skip(_foundWhenOpened).Where(finding => MissingNames.LostDescriptions.Contains(finding.Rule));

    /// <summary>What the tree hangs on, apart from its directories and files.</summary>
    public IEnumerable<DiscStructure> Structures => _tree.Structures;

    /// <summary>A view of the same files that holds more of them than this one, and what; null where none is known to.</summary>
    public (VolumeView View, string What)? Richer { get; private init; }

    /// <summary>Whether names so far were no UTF-8, and are shown byte by byte, each as a character of Latin-1.</summary>
    public bool NamesAreUnknown => _contents.Medium.Names.AreUnknown;

    /// <summary>The charset that such names look like, to be tried as <see cref="VolumeOptions.Charset"/>; null where they look like none.</summary>
    public string? CharsetGuessed => _contents.Medium.Names.Guess;

    /// <summary>Other views that the disc has, the best one first. To ask opens them.</summary>
    public IEnumerable<VolumeView> OtherViews => ViewsOf(_reader, _options).Where(view => view != View);

    /// <summary>Opens a view of a disc.</summary>
    /// <param name="reader">The medium; it stays the caller's.</param>
    /// <param name="options">Which view, which session; by default the best view of the session that the medium begins with.</param>
    /// <returns>Null where the disc has no such view.</returns>
    public static Volume? Open(ISectorReader reader, VolumeOptions? options = null)
    {
        options ??= new();
        Findings findings = new();
        DiscContents contents = DiscContents.Read(reader, options, findings);

        // By itself: what is wrong with a tree that is not shown is no finding of this one.
        (VolumeView View, string What)? richer = contents.HasUdfAndIso ? DiscContents.Read(reader, options, new()).Richer() : null;
        FileTree? tree = options.View is { } view ? contents.Open(view)
            : richer is { View: VolumeView.RockRidge } ? contents.Open(VolumeView.RockRidge)
            : contents.OpenAll().FirstOrDefault();
        return tree is null ? null : new(reader, options, contents, tree, findings)
        {
            Richer = richer is { } other && other.View != tree.View && tree.View <= VolumeView.RockRidge ? other : null,
        };
    }

    /// <summary>Which views a disc has, the best one first.</summary>
    /// <param name="reader">The medium.</param>
    /// <param name="options">Which session.</param>
    public static IReadOnlyList<VolumeView> ViewsOf(ISectorReader reader, VolumeOptions? options = null) =>
        BestFirst(DiscContents.Read(reader, options ?? new(), new()));

    private static VolumeView[] BestFirst(DiscContents contents)
    {
        VolumeView[] views = [.. contents.OpenAll().Select(tree => tree.View)];
        return contents.Richer() is { View: VolumeView.RockRidge } ? [.. views.OrderBy(view => view != VolumeView.RockRidge)] : views;
    }

    /// <summary>Reads the entries of one directory, in the order in which they are recorded.</summary>
    public IEnumerable<VolumeEntry> List(VolumeEntry directory)
    {
        _contents.Medium.Refresh();
        return directory.Type == EntryType.Directory ? _tree.List(directory) : [];
    }

    /// <summary>Reads all entries: each directory before what it holds, each once, however the disc may loop.</summary>
    public IEnumerable<VolumeEntry> Walk() => Walk(Root);

    /// <summary>Reads all entries below a directory, as the whole walk does.</summary>
    public IEnumerable<VolumeEntry> Walk(VolumeEntry directory) => new TreeWalk(_contents.Medium, _tree, Findings).From(directory);

    /// <summary>Reads all entries, the root first, in the order of their names, with the sizes of directories added up.</summary>
    /// <remarks>Memory has its limit here, too: what is in a directory of more than some 25,000 entries comes in the order in which it is recorded.</remarks>
    public IEnumerable<OutlineEntry> Outline() => new TreeOutline(_contents.Medium, _tree, Findings).Lines();

    /// <summary>Finds an entry by its path.</summary>
    /// <param name="path">Names as recorded, separated by <c>/</c>; empty parts count for nothing.</param>
    /// <returns>Null where there is none.</returns>
    public VolumeEntry? Find(string path)
    {
        VolumeEntry? at = Root;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = List(at).FirstOrDefault(entry => entry.Name == name);
            if (at is null)
            {
                return null;
            }
        }

        return at;
    }

    /// <summary>Opens the content of a file. What can't be read comes as zeros, and is listed by the stream.</summary>
    /// <remarks>A compressed file is expanded, unless it turns out to be none.</remarks>
    public ContentStream OpenContent(VolumeEntry file)
    {
        if (!file.IsCompressed)
        {
            return new(_contents.Medium, file.Extents, file.Size);
        }

        ContentStream stored = new(_contents.Medium, file.Extents, file.Extents.Sum(extent => extent.Length));
        return ZisofsStream.Open(stored) ?? stored;
    }

    /// <summary>Opens what a file has beside its content: its streams, one behind the other, and then its resource fork.</summary>
    /// <param name="file">The file.</param>
    /// <param name="streams">Which of its streams.</param>
    public ContentStream OpenBeside(VolumeEntry file, IEnumerable<NamedStream> streams)
    {
        Extent[] extents = [.. streams.SelectMany(stream => stream.Extents), .. file.ResourceFork];
        return new(_contents.Medium, extents, extents.Sum(extent => extent.Length));
    }
}
