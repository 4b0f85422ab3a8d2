// SPDX-License-Identifier: MIT
using System.Runtime.Intrinsics;
using System.Text;
using Spindle.Archiving.Catalogue;
using Spindle.Files;
using Spindle.Formats.Trees;
using Spindle.Mastering;
using Spindle.Mastering.Writing;
using Spindle.Media;

namespace Spindle.Archiving.Discs;

/// <summary>A disc as it will be written: its tree laid out to the sector, and the lists that it carries.</summary>
/// <remarks>The planner makes one to know its size, the writer makes it again, from the same catalogue: so it is the same.</remarks>
internal sealed class DiscAssembly
{
    private const int DirectoryMode = 0x1ED; // rwxr-xr-x
    private const int OwnFileMode = 0x1A4; // rw-r--r--
    private const int ScriptMode = 0x1ED;

    private readonly DiscTree _tree;
    private readonly ContentNumbers _contents = new();

    // For the writer only: what each content must be, and the entry of the tree that first names it.
    private readonly LargeList<Vector256<byte>> _hashes = new();
    private readonly LargeList<int> _firstNames = new();

    // For the writer only: where in files.tsv the sector of a content belongs.
    private readonly LargeList<SectorPlace> _sectors = new();
    private readonly Dictionary<(long Group, long Content), int> _links = []; // a name that could not be looked at again may have an older content
    private readonly int _archiveDirectory;
    private readonly NodeAttributes _ownDirectory;
    private readonly NodeAttributes _ownFile;

    private DiscAssembly(DiscFacts facts)
    {
        Facts = facts;
        long planned = facts.Planned.ToUnixTimeSeconds() * 1_000_000_000;
        _ownDirectory = new(DirectoryMode, 0, 0, planned);
        _ownFile = new(OwnFileMode, 0, 0, planned);
        _tree = new(_ownDirectory);
        _archiveDirectory = _tree.AddDirectory(DiscTree.Root, "ARCHIVE"u8, _ownDirectory);
    }

    public DiscFacts Facts { get; private set; }

    public DiscLayout Layout { get; private set; } = null!;

    /// <summary>Its lists and texts, in the order of the tail of its contents.</summary>
    public IReadOnlyList<Document> Documents { get; private set; } = [];

    /// <summary>Lays out a disc.</summary>
    /// <param name="database">The catalogue.</param>
    /// <param name="number">The disc.</param>
    /// <param name="catalogue">The copy of the catalogue that comes onto it; perhaps it is being made still.</param>
    /// <param name="store">Keeps its lists.</param>
    /// <param name="paths">Shared by the discs of a plan.</param>
    public static DiscAssembly Create(CatalogueDatabase database, int number, Task<CatalogueCopy> catalogue, IDocumentStore store, ContentPaths? paths = null)
    {
        using IDisposable snapshot = database.Snapshot();
        using DiscEntries entries = new(database, number, paths);
        DiscAssembly disc = new(DiscFacts.Of(database, number)!);
        disc.Build(entries, catalogue, (store, output => GoneTable.Write(database, disc.Facts.Scan, output)));
        return disc;
    }

    /// <summary>Where a content of the layout comes from, and what its hash must be.</summary>
    /// <param name="content">Number of the content in the layout.</param>
    /// <param name="files">Knows where the scanned files are.</param>
    public ContentSource SourceOf(int content, ContentFiles files)
    {
        if (content < _contents.Count)
        {
            byte[] sha256 = new byte[Vector256<byte>.Count];
            _hashes[content].CopyTo(sha256);
            int entry = _firstNames[content];
            byte[]? path = files.IsAsPlanned && entry >= 0 ? files.FileOf(ArchivePathOf(entry)) : files.PathOf(_contents[content].Content);
            return new FileContent(path ?? [], _contents[content].Offset) { Sha256 = sha256 };
        }

        Document document = Documents[content - _contents.Count];
        return new GeneratedContent(document.Name, () => File.OpenRead(document.Path!)) { Sha256 = document.Sha256 };
    }

    private void Build(DiscEntries entries, Task<CatalogueCopy> making, (IDocumentStore Store, Action<Stream> WriteGone) with)
    {
        IDocumentStore store = with.Store;
        bool listsGone = Facts.Detail.Format >= PlanDetail.FormatWithGone;
        bool hasSha512 = Facts.Detail.HasSha512;
        string catalogueName = CatalogueCopy.NameOf(Facts.Detail.IsCatalogueCompressed);
        List<(string Name, int Node)> tail = [];

        // One walk makes the tree and all lists of names; where everything lies is filled in when the tree is laid out.
        Document? sha512 = null;
        Document? metadata = null;
        Document? withoutSectors = null;
        Document files256 = store.Keep("sha256", sums256 =>
            withoutSectors = store.Keep("files", table =>
                metadata = store.Keep("ARCHIVE/meta.jsonl", lines =>
                {
                    if (hasSha512)
                    {
                        sha512 = store.Keep("ARCHIVE/SHA512SUMS", sums512 => AddEntries(entries, new(sums256, sums512, table, lines, store.IsKeeping)));
                    }
                    else
                    {
                        AddEntries(entries, new(sums256, null, table, lines, store.IsKeeping));
                    }
                })));

        string[] names = [.. new[]
        {
            "README.TXT", "ARCHIVE/disc.json", "ARCHIVE/format.txt", "ARCHIVE/restore.sh", "ARCHIVE/files.tsv", "ARCHIVE/names.tsv",
            listsGone ? "ARCHIVE/gone.tsv" : "", "ARCHIVE/meta.jsonl", hasSha512 ? "ARCHIVE/SHA512SUMS" : "", $"ARCHIVE/{catalogueName}", "ARCHIVE/SHA256SUMS",
        }.Where(name => name.Length > 0)];
        foreach (string name in names)
        {
            int slash = name.IndexOf('/', StringComparison.Ordinal);
            NodeAttributes attributes = name.EndsWith(".sh", StringComparison.Ordinal) ? _ownFile with { Mode = ScriptMode } : _ownFile;
            _tree.AddFile(slash < 0 ? DiscTree.Root : _archiveDirectory, Encoding.ASCII.GetBytes(name[(slash + 1)..]), attributes, _tree.AddTailContent());
        }

        DiscLayout layout = DiscLayout.Create(_tree, Options());
        Task<Document> naming = Task.Run(() => store.Keep("ARCHIVE/names.tsv", output => WriteNames(layout, output)));
        Document files;
        try
        {
            files = store.Keep("ARCHIVE/files.tsv", output => FilesTable.CopyWithSectors(withoutSectors!, _sectors, layout, output));
        }
        finally
        {
            Task.WaitAny(naming); // it writes into the store
        }

        Document isoNames = naming.GetAwaiter().GetResult();
        Document readme = store.Keep("README.TXT", output => output.Write(PlainWords.Readme(Facts, catalogueName)));
        CatalogueCopy catalogue = making.GetAwaiter().GetResult();
        Document description = store.Keep("ARCHIVE/disc.json", output => output.Write(
            PlainWords.Description(Facts, (catalogueName, catalogue.Length, catalogue.Sha256))));
        Document format = store.Keep("ARCHIVE/format.txt", output => output.Write(PlainWords.Format));
        Document script = store.Keep("ARCHIVE/restore.sh", output => output.Write(PlainWords.RestoreScript));
        Document copy = new($"ARCHIVE/{catalogueName}", catalogue.Length, catalogue.Sha256, catalogue.Path);

        Dictionary<string, Document> byName = new[] { readme, description, format, script, files, isoNames, metadata!, copy }.ToDictionary(document => document.Name);
        if (sha512 is not null)
        {
            byName.Add(sha512.Name, sha512);
        }

        if (listsGone)
        {
            Document gone = store.Keep("ARCHIVE/gone.tsv", with.WriteGone);
            byName.Add(gone.Name, gone);
        }

        Document sums = store.Keep("ARCHIVE/SHA256SUMS", output => SumList.Continue(files256, [.. names[..^1].Select(name => byName[name])], output));
        byName.Add(sums.Name, sums);
        Documents = [.. names.Select(name => byName[name])];
        Layout = layout.WithTailSizes([.. Documents.Select(document => document.Length)]);
    }

    private void AddEntries(DiscEntries entries, Lists lists)
    {
        using SumList list256 = new(lists.Sha256);
        using SumList? list512 = lists.Sha512 is null ? null : new(lists.Sha512);
        using MetadataLines lines = new(lists.Metadata);
        using FilesTable table = new(lists.Table);
        int data = _tree.AddDirectory(DiscTree.Root, "DATA"u8, _ownDirectory);
        Stack<(byte[] Path, int Node)> above = new([([], data)]);
        int files = 0;
        long bytes = 0;
        foreach (DiscEntry entry in entries.All())
        {
            lines.Add(entry);
            bool hasSector = entry.HasData && (entry.Part?.Length ?? entry.Size) > 0;
            long position = table.Add(entry, hasSector);
            ReadOnlySpan<byte> directory = ArchivePath.DirectoryOf(entry.Path);
            while (!directory.SequenceEqual(above.Peek().Path))
            {
                above.Pop();
            }

            if (entry.HasData)
            {
                byte[] name = NameOnDisc(entry);
                bytes += AddFile(above.Peek().Node, name, entry, lists.AreKept);
                files++;
                if (hasSector && lists.AreKept)
                {
                    _sectors.Add(new(position, _tree.ContentOf(_tree.Count - 1)));
                }

                byte[] path = ArchivePath.Join("DATA"u8, ArchivePath.Join(directory, name));
                list256.Add(entry.Part is { } part ? part.Sha256 ?? new byte[32] : entry.Sha256!, path);
                if (entry is { Sha512: { } sha512, Part: null })
                {
                    list512?.Add(sha512, path);
                }
            }
            else if (entry.Kind == EntryKind.Directory)
            {
                above.Push((entry.Path, _tree.AddDirectory(above.Peek().Node, ArchivePath.NameOf(entry.Path), AttributesOf(entry))));
            }
            else if (entry is { Kind: EntryKind.Symlink, Target.Length: > 0 })
            {
                _tree.AddSymlink(above.Peek().Node, ArchivePath.NameOf(entry.Path), AttributesOf(entry), entry.Target);
            }
        }

        Facts = Facts with { Files = files, Bytes = bytes };
    }

    /// <returns>Bytes that the content adds to the disc.</returns>
    private long AddFile(int directory, byte[] name, DiscEntry entry, bool isForWriter)
    {
        if (entry.LinkGroup is { } group && entry.Part is null)
        {
            if (_links.TryGetValue((group, entry.Content!.Value), out int first))
            {
                _tree.AddHardLink(directory, name, first);
                return 0;
            }

            _links.Add((group, entry.Content.Value), _tree.Count);
        }

        bool isNew = _contents.TryAdd(entry.Content!.Value, entry.Part?.Offset ?? 0, out int content);
        long length = entry.Part?.Length ?? entry.Size;
        if (isNew)
        {
            _ = _tree.AddContent(length); // has the same number: those of the tail come after
            if (isForWriter)
            {
                _hashes.Add(Vector256.Create<byte>(entry.Part?.Sha256 ?? entry.Sha256!));
                _firstNames.Add(entry.Part is null ? _tree.Count : -1);
            }
        }

        _tree.AddFile(directory, name, AttributesOf(entry), content);
        return isNew ? length : 0;
    }

    private static byte[] NameOnDisc(DiscEntry entry) =>
        entry.Part is { } part ? [.. ArchivePath.NameOf(entry.Path), (byte)'.', .. Encoding.ASCII.GetBytes(part.Suffix)] : ArchivePath.NameOf(entry.Path).ToArray();

    private static NodeAttributes AttributesOf(DiscEntry entry) => new(entry.Mode, entry.UserId, entry.GroupId, entry.Modified);

    // Volume 1 of 1, whatever the plan: some readers refuse others (docs/formats/image-layout.md). disc.json knows the set.
    private LayoutOptions Options() => new()
    {
        VolumeIdentifier = Facts.Label,
        VolumeSetIdentifier = $"{Facts.PlanUuid:N} {Facts.Detail.Job}",
        ApplicationIdentifier = Facts.Detail.Tool,
        Recorded = Facts.Planned,
    };

    /// <summary>The path in the archive of a file that the tree shows.</summary>
    private byte[] ArchivePathOf(int entry)
    {
        byte[] path = _tree.NameOf(entry).ToArray();
        for (int above = _tree.ParentOf(entry); _tree.ParentOf(above) != DiscTree.Root; above = _tree.ParentOf(above)) // up to DATA
        {
            path = ArchivePath.Join(_tree.NameOf(above), path);
        }

        return path;
    }

    private static void WriteNames(DiscLayout layout, Stream output)
    {
        using LineWriter lines = new(output);
        lines.Raw("iso9660\tname\tudf"u8).End();
        foreach (NameMapping name in layout.Names())
        {
            byte[] udf = Encoding.UTF8.GetBytes(name.UdfPath);
            bool isSame = udf.Length == 0 || udf.AsSpan(1).SequenceEqual(name.TruePath.Span);
            lines.Escaped(Encoding.ASCII.GetBytes(name.IsoPath)).Tab().Escaped(name.TruePath.Span).Tab();
            (isSame ? lines.Raw("-"u8) : lines.Escaped(udf)).End();
        }
    }

    /// <summary>The lists that are written while the tree is made.</summary>
    private sealed record Lists(Stream Sha256, Stream? Sha512, Stream Table, Stream Metadata, bool AreKept);
}
