// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Formats.Names;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Mastering;
using Xunit;

namespace Spindle.Testing;

/// <summary>A tree to be mastered, with its contents, and what a reader must find of it.</summary>
public sealed class MasteredDisc
{
    public static readonly NodeAttributes Plain = new(0x1A4, 1000, 100, 1_562_243_696_123_456_789);
    public static readonly NodeAttributes PlainDirectory = new(0x1ED, 1000, 100, 1_562_243_696_123_456_789);

    private readonly List<byte[]> _contents = [];

    public DiscTree Tree { get; } = new(PlainDirectory);

    public LayoutOptions Options { get; init; } = new()
    {
        VolumeIdentifier = "Family archive 2026",
        VolumeSetIdentifier = "0f3c2a517be94d1289abcdef01234567 Family archive",
        PublisherIdentifier = "The family",
        ApplicationIdentifier = "Spindle",
        Recorded = new(2026, 11, 22, 15, 4, 5, TimeSpan.Zero),
    };

    /// <summary>Bytes of contents, by number; tail contents too.</summary>
    public IReadOnlyList<byte[]> Contents => _contents;

    public int Content(byte[] bytes)
    {
        _contents.Add(bytes);
        return Tree.AddContent(bytes.Length);
    }

    public int TailContent(byte[] bytes)
    {
        _contents.Add(bytes);
        return Tree.AddTailContent();
    }

    public int Directory(int parent, string name) => Tree.AddDirectory(parent, Encoding.UTF8.GetBytes(name), PlainDirectory);

    public int File(int parent, string name, byte[] content) => Tree.AddFile(parent, Encoding.UTF8.GetBytes(name), Plain, Content(content));

    public int File(int parent, byte[] name, byte[] content) => Tree.AddFile(parent, name, Plain, Content(content));

    public int Symlink(int parent, string name, string target) =>
        Tree.AddSymlink(parent, Encoding.UTF8.GetBytes(name), Plain with { Mode = 0x1FF }, Encoding.UTF8.GetBytes(target));

    /// <summary>The layout, with the tail's sizes.</summary>
    public DiscLayout Layout() =>
        DiscLayout.Create(Tree, Options).WithTailSizes([.. Tree.TailContents.Select(content => (long)_contents[content].Length)]);

    /// <summary>The sum over all directories of what the planner's tool says.</summary>
    public MetadataCost Measure()
    {
        Dictionary<int, List<int>> children = Enumerable.Range(1, Tree.Count - 1).GroupBy(Tree.ParentOf).ToDictionary(g => g.Key, g => g.ToList());
        DirectoryMeter meter = new(Options);
        MetadataCost sum = default;
        foreach (int directory in Enumerable.Range(0, Tree.Count).Where(entry => Tree.KindOf(entry) == NodeKind.Directory))
        {
            meter.Clear();
            foreach (int child in children.GetValueOrDefault(directory) ?? [])
            {
                Measure(meter, child);
            }

            sum += meter.Measure(DepthOf(directory));
        }

        return sum;
    }

    /// <summary>The sectors that the planner's tools come to.</summary>
    public long MeasuredSectors() => VolumeGeometry.Total(
        Options,
        Measure(),
        Enumerable.Range(0, Tree.Count).Select(Tree.ContentOf).Where(content => content >= 0).Distinct().Sum(content => VolumeGeometry.SectorsOf(_contents[content].Length)));

    public void Write(Stream image, DiscLayout layout)
    {
        long position = 0;
        foreach (ImageSegment segment in layout.Segments())
        {
            Assert.Equal(position, segment.Sector * 2048);
            if (segment.Content < 0)
            {
                Assert.Equal(segment.Length, segment.Bytes.Length);
                Assert.Equal(0, segment.Length % 2048);
                image.Write(segment.Bytes.Span);
            }
            else
            {
                Assert.Equal(layout.SectorOfContent(segment.Content), segment.Sector);
                image.Write(_contents[segment.Content]);
                image.Write(new byte[(2048 - (segment.Length % 2048)) % 2048]);
            }

            position += (segment.Length + 2047) / 2048 * 2048;
        }

        Assert.Equal(layout.Sectors * 2048, position);
    }

    public byte[] Write(DiscLayout layout)
    {
        using MemoryStream image = new();
        Write(image, layout);
        return image.ToArray();
    }

    /// <summary>Writes an image file, and returns its path.</summary>
    public string Write(TempDirectory temp, string name = "disc.iso")
    {
        using FileStream file = System.IO.File.Create(temp[name]);
        Write(file, Layout());
        return temp[name];
    }

    /// <summary>Writes the tree as files, for programs that compare; without names that are no text.</summary>
    public string Unpack(TempDirectory temp, string name = "tree")
    {
        string root = System.IO.Directory.CreateDirectory(temp[name]).FullName;
        for (int entry = 1; entry < Tree.Count; entry++)
        {
            string path = System.IO.Path.Combine(root, Encoding.UTF8.GetString(PathOf(entry)));
            switch (Tree.KindOf(entry))
            {
                case NodeKind.Directory:
                    System.IO.Directory.CreateDirectory(path);
                    break;
                case NodeKind.Symlink:
                    System.IO.File.CreateSymbolicLink(path, Encoding.UTF8.GetString(Tree.TargetOf(entry)));
                    break;
                default:
                    System.IO.File.WriteAllBytes(path, _contents[Tree.ContentOf(entry)]);
                    break;
            }
        }

        return root;
    }

    /// <summary>What a view of the disc must show, one line for each entry, in order.</summary>
    public List<string> Expected(DiscLayout layout, VolumeView view)
    {
        Dictionary<int, NameMapping> names = layout.Names().ToDictionary(mapping => mapping.Entry);
        List<string> lines = [];
        for (int entry = 1; entry < Tree.Count; entry++)
        {
            string path = view == VolumeView.Udf && names.TryGetValue(entry, out NameMapping mapping)
                ? mapping.UdfPath
                : $"/{string.Join('/', SplitPath(entry).Select(name => IsoText.Bytes(name)))}";
            if (view != VolumeView.Udf || Tree.KindOf(entry) != NodeKind.Symlink || Options.UdfSymlinks)
            {
                lines.Add(Line(path, entry, view == VolumeView.Udf ? 1000 : 1_000_000_000));
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    /// <summary>What a view of the disc shows.</summary>
    public static List<string> Found(Volume volume)
    {
        bool isUdf = volume.View == VolumeView.Udf;
        List<string> lines = [];
        foreach (VolumeEntry entry in volume.Walk())
        {
            long time = (entry.Modified!.Value.UtcTicks - DateTime.UnixEpoch.Ticks) / (isUdf ? 10 : 10_000_000);
            string content = "";
            if (entry.Type == EntryType.File)
            {
                using ContentStream stream = volume.OpenContent(entry);
                content = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(stream))[..16];
            }

            string links = entry.Type == EntryType.File ? $"{entry.Links}" : "";
            lines.Add($"{entry.Path} {entry.Type} {(entry.Type == EntryType.File ? entry.Size : 0)} {content} {entry.Mode & 0xFFF:X} {entry.Uid} {entry.Gid} {time % 1_000_000} {links} {entry.Target}");
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    public byte[] PathOf(int entry) => [.. SplitPath(entry).SelectMany((name, index) => index == 0 ? name : [(byte)'/', .. name])];

    private string Line(string path, int entry, long unit)
    {
        NodeAttributes attributes = Tree.AttributesOf(entry);
        EntryType type = Tree.KindOf(entry) switch
        {
            NodeKind.Directory => EntryType.Directory,
            NodeKind.Symlink => EntryType.Symlink,
            _ => EntryType.File,
        };
        int content = Tree.ContentOf(entry);
        string hash = content < 0 ? "" : Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(_contents[content]))[..16];
        int names = Enumerable.Range(1, Tree.Count - 1).Count(other => Tree.NodeOf(other) == Tree.NodeOf(entry));
        string target = type == EntryType.Symlink ? IsoText.Bytes(Tree.TargetOf(entry)) : "";
        long time = attributes.ModifiedNanoseconds / unit % 1_000_000;
        return $"{path} {type} {(content < 0 ? 0 : _contents[content].Length)} {hash} {attributes.Mode:X} {attributes.Uid} {attributes.Gid} {time} {(type == EntryType.File ? names : "")} {target}";
    }

    private List<byte[]> SplitPath(int entry)
    {
        List<byte[]> names = [];
        for (; entry != DiscTree.Root; entry = Tree.ParentOf(entry))
        {
            names.Insert(0, Tree.NameOf(entry).ToArray());
        }

        return names;
    }

    private int DepthOf(int entry) => entry == DiscTree.Root ? 0 : 1 + DepthOf(Tree.ParentOf(entry));

    private void Measure(DirectoryMeter meter, int child)
    {
        switch (Tree.KindOf(child))
        {
            case NodeKind.Directory:
                meter.AddDirectory(Tree.NameOf(child));
                break;
            case NodeKind.Symlink:
                meter.AddSymlink(Tree.NameOf(child), Tree.TargetOf(child));
                break;
            case NodeKind.HardLink:
                meter.AddHardLink(Tree.NameOf(child), Tree.SizeOfContent(Tree.ContentOf(child)));
                break;
            default:
                meter.AddFile(Tree.NameOf(child), Tree.SizeOfContent(Tree.ContentOf(child)));
                break;
        }
    }
}
