// SPDX-License-Identifier: MIT
using Spindle.Parity.Galois;

namespace Spindle.Parity.DiscSet;

/// <summary>One window of a whole set in memory: the same bytes of each disc and each parity disc. Makes parity, and what is missing.</summary>
/// <remarks>
/// Position stands with position: where no more members miss a byte than there are rows of parity, it comes back, whatever is missing beside it.
/// So the window is cut where the members that lack something change, and each part is a system of its own. Not thread-safe, but that rows
/// may be filled from several threads.
/// </remarks>
public sealed class SetSolver
{
    private readonly int _discs;
    private readonly int _rows;
    private readonly int _window;
    private readonly byte[] _memory;
    private readonly GaloisMatrix _code;
    private readonly GaloisProduct _encoding;
    private readonly List<SetHole> _holes = [];
    private readonly Dictionary<string, SetSystem?> _systems = [];

    /// <summary>Takes memory for a window.</summary>
    /// <param name="discs">The coefficients of each disc, row by row.</param>
    /// <param name="window">Bytes of each member, a multiple of 64; (discs + 3 rows) times that is taken.</param>
    public SetSolver(IReadOnlyList<byte[]> discs, int window)
    {
        ArgumentOutOfRangeException.ThrowIfZero(discs.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(window % GaloisProduct.Granularity, 0);
        _discs = discs.Count;
        _rows = discs[0].Length;
        _window = window;
        _memory = new byte[checked((_discs + (3 * _rows)) * window)];
        _code = new(GaloisField.Of11D, _rows, _discs);
        for (int row = 0; row < _rows; row++)
        {
            for (int disc = 0; disc < _discs; disc++)
            {
                _code[row, disc] = discs[disc][row];
            }
        }

        _encoding = new(_code);
    }

    /// <summary>Bytes of each member that fit.</summary>
    public int Window => _window;

    /// <summary>All members' bytes, each from <see cref="StartOf"/> on.</summary>
    internal ReadOnlySpan<byte> Memory => _memory;

    /// <summary>What is missing, and was not made yet.</summary>
    public IReadOnlyList<SetHole> Holes => _holes;

    /// <summary>The bytes of a member: discs from 0 on, then parity discs. All of the window is to be filled, with zeros behind a disc's end.</summary>
    public Span<byte> this[int member] => _memory.AsSpan(member * _window, _window);

    /// <summary>Where the bytes of a member begin in the memory.</summary>
    internal int StartOf(int member) => member * _window;

    /// <summary>Says that bytes of a member are missing, whatever stands there.</summary>
    /// <param name="member">Which one.</param>
    /// <param name="from">First byte in the window.</param>
    /// <param name="length">Bytes; none behind the disc's end.</param>
    public void Miss(int member, int from, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from + length, _window);
        if (length > 0)
        {
            _holes.Add(new(member, from, length));
            this[member].Slice(from, length).Clear();
        }
    }

    /// <summary>Forgets what is missing, for the next window.</summary>
    public void Clear() => _holes.Clear();

    /// <summary>Makes all rows of parity of what the discs have.</summary>
    public void Encode()
    {
        _memory.AsSpan(_discs * _window, _rows * _window).Clear();
        _encoding.AddTo(_memory, Starts(0, _discs, 0), Starts(_discs, _rows, 0), _window);
    }

    /// <summary>The rows of parity, from 0, that do not agree with the discs somewhere in the window; nothing may be missing.</summary>
    public IEnumerable<int> Contradictions()
    {
        AddUp(0, _window);
        return [.. Enumerable.Range(0, _rows).Where(row => SumsOf(row).ContainsAnyExcept((byte)0))];
    }

    /// <summary>Makes what is missing, where that is possible; the rest stays in <see cref="Holes"/>, and is zeros.</summary>
    /// <returns>What was made, in no order.</returns>
    public IReadOnlyList<SetHole> Solve()
    {
        if (_holes.Count == 0)
        {
            return [];
        }

        int first = (int)_holes.Min(hole => hole.From) & -GaloisProduct.Granularity;
        AddUp(first, Aligned((int)_holes.Max(hole => hole.End)) - first);
        List<SetHole> made = [];
        List<SetHole> left = [];
        int[] cuts = [.. _holes.SelectMany(hole => (int[])[(int)hole.From, (int)hole.End]).Distinct().Order()];
        for (int cut = 0; cut + 1 < cuts.Length; cut++)
        {
            (int from, int length) = (cuts[cut], cuts[cut + 1] - cuts[cut]);
            int[] missing = [.. _holes.Where(hole => hole.From <= from && hole.End > from).Select(hole => hole.Member).Distinct().Order()];
            if (missing.Length == 0)
            {
                continue;
            }

            bool isSolved = SystemOf(missing) is { } system;
            if (isSolved)
            {
                Make(SystemOf(missing)!, from, length);
            }

            (isSolved ? made : left).AddRange(missing.Select(member => new SetHole(member, from, length)));
        }

        _holes.Clear();
        _holes.AddRange(left);
        return made;
    }

    private static int Aligned(int position) => (position + GaloisProduct.Granularity - 1) & -GaloisProduct.Granularity;

    // Parity, less what each disc has of it: what is left is of the missing ones.
    private void AddUp(int first, int length)
    {
        for (int row = 0; row < _rows; row++)
        {
            this[_discs + row].Slice(first, length).CopyTo(SumsOf(row)[first..]);
        }

        _encoding.AddTo(_memory, Starts(0, _discs, first), Starts(_discs + _rows, _rows, first), length);
    }

    private void Make(SetSystem system, int from, int length)
    {
        int first = from & -GaloisProduct.Granularity;
        int span = Aligned(from + length) - first;
        int[] sources = [.. system.Rows.Select(row => ((_discs + _rows + row) * _window) + first)];
        int[] targets = [.. Enumerable.Range(_discs + (2 * _rows), system.Missing.Length).Select(slot => (slot * _window) + first)];
        foreach (int target in targets)
        {
            _memory.AsSpan(target, span).Clear();
        }

        system.Product.AddTo(_memory, sources, targets, span);
        foreach ((int index, int member) in system.Missing.Index())
        {
            _memory.AsSpan(targets[index] + from - first, length).CopyTo(this[member][from..]);
        }
    }

    private SetSystem? SystemOf(int[] missing)
    {
        string key = string.Join(',', missing);
        if (!_systems.TryGetValue(key, out SetSystem? system))
        {
            _systems.Add(key, system = SetSystem.TryMake(_code, missing));
        }

        return system;
    }

    private Span<byte> SumsOf(int row) => this[_discs + _rows + row];

    private int[] Starts(int firstRow, int count, int at) => [.. Enumerable.Range(firstRow, count).Select(row => (row * _window) + at)];
}
