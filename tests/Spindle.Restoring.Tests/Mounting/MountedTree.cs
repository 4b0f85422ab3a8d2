// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files;
using Spindle.Files.Mounting.Trees;
using Spindle.Restoring.Mounting;

namespace Spindle.Restoring.Tests.Mounting;

/// <summary>Asks a tree as the kernel would, name by name.</summary>
internal static class MountedTree
{
    public static MountedNode At(this ArchiveTree tree, string path)
    {
        MountedNode node = tree.Get(IMountedTree.Root);
        foreach (string name in path.Split('/'))
        {
            node = node.Kind == EntryKind.Directory ? tree.Find(node.Inode, Encoding.UTF8.GetBytes(name)) : default;
        }

        return node;
    }

    /// <summary>The names of a directory, a few at a time.</summary>
    public static IReadOnlyList<string> Names(this ArchiveTree tree, string? path = null, int atATime = 3)
    {
        ulong directory = path is null ? IMountedTree.Root : tree.At(path).Inode;
        List<string> names = [];
        ulong place = 0;
        for (int before = -1; before != names.Count;)
        {
            before = names.Count;
            Page page = new(atATime);
            tree.List(directory, place, page);
            names.AddRange(page.Names);
            place = page.Place ?? place;
        }

        return names;
    }

    public static (MountedState State, byte[] Bytes) Read(this ArchiveTree tree, string path, int piece = 100_000)
    {
        MountedState state = tree.Open(tree.At(path).Inode, out MountedFile? file);
        if (file is null)
        {
            return (state, []);
        }

        using (file)
        {
            byte[] bytes = new byte[file.Length];
            for (int offset = 0; offset < bytes.Length && state == MountedState.Here; offset += piece)
            {
                state = file.Read(offset, bytes.AsSpan(offset, Math.Min(piece, bytes.Length - offset)));
            }

            return (state, bytes);
        }
    }

    public static IReadOnlyDictionary<string, string> Told(this ArchiveTree tree, string path) =>
        tree.Attributes(tree.At(path).Inode).ToDictionary(one => Encoding.UTF8.GetString(one.Name), one => Encoding.UTF8.GetString(one.Value));

    private sealed class Page(int room) : IMountedListing
    {
        public List<string> Names { get; } = [];

        public ulong? Place { get; private set; }

        public bool Add(ReadOnlySpan<byte> name, in MountedNode node, ulong place)
        {
            if (Names.Count == room)
            {
                return false;
            }

            Names.Add(Encoding.UTF8.GetString(name));
            Place = place;
            return true;
        }
    }
}
