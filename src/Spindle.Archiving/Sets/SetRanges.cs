// SPDX-License-Identifier: MIT
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>Bytes of a member of a set.</summary>
/// <param name="Name">The member.</param>
/// <param name="From">First byte of it.</param>
/// <param name="Length">Bytes.</param>
public sealed record SetRange(string Name, long From, long Length);

/// <summary>Collects ranges, and joins those that follow one another; a list of a damaged set stays as long as its damage.</summary>
/// <param name="shelf">The set.</param>
internal sealed class SetRanges(SetShelf shelf)
{
    private readonly Dictionary<int, List<SetHole>> _byMember = [];

    /// <summary>All of them, by their members.</summary>
    public IReadOnlyList<SetRange> All => [.. _byMember.OrderBy(pair => pair.Key)
        .SelectMany(pair => pair.Value.Select(hole => new SetRange(shelf.Sources[pair.Key].Member.Name, hole.From, hole.Length)))];

    /// <summary>Those of one member.</summary>
    public IReadOnlyList<SetHole> Of(int member) => _byMember.TryGetValue(member, out List<SetHole>? list) ? list : [];

    /// <summary>Bytes of one member.</summary>
    public long BytesOf(int member) => Of(member).Sum(hole => hole.Length);

    /// <summary>Adds ranges of a window; windows come in order.</summary>
    public void Add(long position, IEnumerable<SetHole> holes)
    {
        foreach (SetHole hole in holes.OrderBy(hole => hole.From))
        {
            if (!_byMember.TryGetValue(hole.Member, out List<SetHole>? list))
            {
                _byMember.Add(hole.Member, list = []);
            }

            SetHole moved = hole with { From = position + hole.From };
            if (list.Count > 0 && list[^1].End >= moved.From)
            {
                list[^1] = list[^1] with { Length = Math.Max(list[^1].End, moved.End) - list[^1].From };
            }
            else
            {
                list.Add(moved);
            }
        }
    }
}
