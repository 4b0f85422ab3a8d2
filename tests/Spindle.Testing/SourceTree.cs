// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Media;
using Xunit;

namespace Spindle.Testing;

/// <summary>A small tree of files with what makes formats stumble, to be put on discs by other programs.</summary>
public static class SourceTree
{
    private static readonly DateTime Modified = new(2019, 7, 4, 12, 34, 56, DateTimeKind.Utc);

    /// <summary>Makes the tree below a new directory, and returns its path.</summary>
    public static string Make(TempDirectory temp, bool withLinks = true)
    {
        string root = Directory.CreateDirectory(temp["tree"]).FullName;
        Write(root, "readme.txt", "hello\n"u8.ToArray());
        Write(root, "empty", []);
        Write(root, "A name with spaces and a rather long tail, more than thirty-one characters.text", SimulatedDisc.Pattern(5000));
        Write(root, "dir/inner/deep.bin", SimulatedDisc.Pattern(100_001, 2));
        Write(root, "dir/Größe – 日本.txt", SimulatedDisc.Pattern(2048, 3));
        for (int level = 1; level <= 10; level++)
        {
            Write(root, string.Join('/', Enumerable.Range(1, level).Select(l => $"level{l}")) + "/file.txt", [(byte)level]);
        }

        for (int file = 0; file < 60; file++)
        {
            Write(root, $"many/file number {file:D3} of sixty files.dat", SimulatedDisc.Pattern(file * 10, file));
        }

        if (withLinks)
        {
            File.CreateSymbolicLink(Path.Combine(root, "link"), "dir/inner/deep.bin");
            File.CreateSymbolicLink(Path.Combine(root, "dir/up"), "../../elsewhere/./x");
            File.CreateSymbolicLink(Path.Combine(root, "absolute"), "/etc/hostname");
            File.CreateSymbolicLink(Path.Combine(root, "long-link"), string.Join('/', Enumerable.Repeat("component-of-some-length", 9)));
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(root, "readme.txt"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        }
        return root;
    }

    /// <summary>What a volume holds, one line for each entry: type, size, path, target.</summary>
    public static List<string> Lines(Volume volume) =>
        [.. volume.Walk().Select(e => Line(e.Type, e.Type == EntryType.File ? e.Size : 0, e.Path, e.Target)).Order(StringComparer.Ordinal)];

    /// <summary>The same lines of a tree of the system's own.</summary>
    public static List<string> Lines(string root) =>
        [.. new DirectoryInfo(root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(info => Line(
            info.LinkTarget is not null ? EntryType.Symlink : info is DirectoryInfo ? EntryType.Directory : EntryType.File,
            info is FileInfo file && info.LinkTarget is null ? file.Length : 0,
            info.FullName[root.Length..],
            info.LinkTarget)).Order(StringComparer.Ordinal)];

    /// <summary>Compares listing, times and content of a volume with the tree that it was made of.</summary>
    public static void AssertSame(string root, Volume volume, TimeSpan timeTolerance)
    {
        Assert.Equal(Lines(root), Lines(volume));
        foreach (VolumeEntry entry in volume.Walk().Where(e => e.Type == EntryType.File))
        {
            FileInfo original = new(root + entry.Path);
            using ContentStream content = volume.OpenContent(entry);
            Assert.Equal(File.ReadAllBytes(original.FullName), ReadAll(content));
            Assert.Empty(content.Unreadable);
            Assert.True((entry.Modified!.Value.UtcDateTime - original.LastWriteTimeUtc).Duration() <= timeTolerance, entry.Path);
        }
    }

    public static byte[] ReadAll(ContentStream content)
    {
        using MemoryStream all = new();
        content.CopyTo(all);
        return all.ToArray();
    }

    /// <summary>Opens an image file as a disc in memory.</summary>
    public static SimulatedDisc Disc(string image, int sectorSize = 2048) => new(File.ReadAllBytes(image), sectorSize);

    public static Volume Open(ISectorReader disc, VolumeView? view = null) =>
        Volume.Open(disc, new() { View = view }) ?? throw new InvalidOperationException($"no view {view}");

    private static string Line(EntryType type, long size, string path, string? target) => $"{type} {size} {path}{(target is null ? "" : $" -> {target}")}";

    private static void Write(string root, string path, byte[] content)
    {
        string full = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!); // below the root
        File.WriteAllBytes(full, content);
        File.SetLastWriteTimeUtc(full, Modified.AddSeconds(content.Length % 1000));
    }
}
