// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>The heads of a set's volumes, and whether they are what they were: their own MD5, over all of a volume, tells.</summary>
internal sealed class SetHeads : IDisposable
{
    private readonly SetShelf _shelf;
    private readonly Dictionary<SetSource, (ParVolume Head, IncrementalHash Hash)> _heads = [];

    /// <param name="shelf">The set.</param>
    public SetHeads(SetShelf shelf)
    {
        _shelf = shelf;
        foreach (SetSource source in shelf.Sources.Where(source => source is { Member: SetParity, Storage: not null }))
        {
            if (ParVolume.TryRead(source.Storage!) is { } head && IsOfSet(head, (SetParity)source.Member))
            {
                _heads.Add(source, (head, head.StartControlHash()));
            }
        }
    }

    /// <summary>A head whose list is the set's; null where no volume has one.</summary>
    public ParVolume? Any => _heads.Values.Select(pair => pair.Head).FirstOrDefault();

    /// <summary>Takes the parity of a window.</summary>
    public void Take(SetSolver solver, long position)
    {
        foreach ((SetSource source, (_, IncrementalHash hash)) in _heads)
        {
            hash.AppendData(source.OfMember(solver[source.Index][..(int)Math.Clamp(source.Length - position, 0, solver.Window)], position));
        }
    }

    /// <summary>The volumes that are not what they were, when all windows have passed.</summary>
    public IReadOnlyList<SetSource> Damaged() =>
    [
        .. _shelf.Sources.Where(source => source is { Member: SetParity, Storage: not null, IsSummed: false })
            .Where(source => !_heads.TryGetValue(source, out (ParVolume Head, IncrementalHash Hash) head) || !head.Hash.GetHashAndReset().AsSpan().SequenceEqual(head.Head.ControlHash)),
    ];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, IncrementalHash hash) in _heads.Values)
        {
            hash.Dispose();
        }
    }

    private bool IsOfSet(ParVolume head, SetParity member) =>
        head.Number == member.Row && head.DataOffset == member.Offset && head.Files.Select(file => (file.Name, file.Length)).SequenceEqual(_shelf.Table.Discs.Select(disc => (disc.Name, disc.Length)));
}
