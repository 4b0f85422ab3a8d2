// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;

namespace Spindle.Formats.Volumes;

/// <summary>What a tree holds of the files of a disc: two trees over the same files seldom hold the same of them.</summary>
/// <param name="Names">Names that were found.</param>
/// <param name="Links">Symbolic links among them.</param>
/// <param name="Owned">Those whose owner is recorded.</param>
/// <param name="NameLength">Characters of all names.</param>
/// <param name="IsSample">Whether there are more names than were looked at: then how many there are says nothing.</param>
internal readonly record struct TreeWorth(int Names, int Links, int Owned, long NameLength, bool IsSample)
{
    /// <summary>Names that are looked at: a drive needs a tenth of a second for each directory.</summary>
    private const int MostNames = 1000;

    public static TreeWorth Of(Medium medium, FileTree tree)
    {
        (int names, int links, int owned, long length) = (0, 0, 0, 0);
        foreach (VolumeEntry entry in new TreeWalk(medium, tree, new()).From(tree.Root).Where(entry => entry.Parent is not null))
        {
            if (names == MostNames)
            {
                return new(names, links, owned, length, IsSample: true);
            }

            names += entry.Type is EntryType.File or EntryType.Directory or EntryType.Symlink ? 1 : 0;
            links += entry.Type == EntryType.Symlink ? 1 : 0;
            owned += entry.Uid is null ? 0 : 1;
            length += entry.Name.Length;
        }

        return new(names, links, owned, length, IsSample: false);
    }

    /// <summary>What this tree has that another one lacks, in words; null where it has no more.</summary>
    /// <remarks>A tree that lacks names is the poorer one, whatever else it has; then one without links, without owners, with shorter names.</remarks>
    public string? MoreThan(TreeWorth other)
    {
        bool isCounted = !IsSample && !other.IsSample;
        return isCounted && Names != other.Names ? (Names > other.Names ? "names" : null)
            : Differs(Links, other.Links, isCounted) ? (Links > other.Links ? "links" : null)
            : Differs(Owned, other.Owned, isCounted: false) ? (Owned > other.Owned ? "owners" : null)
            : isCounted && NameLength > other.NameLength ? "longer names"
            : null;
    }

    private static bool Differs(int one, int other, bool isCounted) => isCounted ? one != other : one > 0 != other > 0;
}
