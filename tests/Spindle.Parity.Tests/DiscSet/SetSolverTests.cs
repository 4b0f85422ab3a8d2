// SPDX-License-Identifier: MIT
using Spindle.Parity.DiscSet;
using Spindle.Testing;

namespace Spindle.Parity.Tests.DiscSet;

public sealed class SetSolverTests
{
    private const int Cases = 2_000;

    /// <summary>Sets of any size, holes anywhere: each byte of which no more are missing than parity is there comes back, and no other changes.</summary>
    [Fact]
    public void What_can_be_solved_is_solved_and_nothing_else_is_touched()
    {
        Random random = Seed.Random();
        for (int round = 0; round < Cases; round++)
        {
            Case one = new(random);
            one.Damage(random);

            string complaint = one.Complaint();

            Assert.True(complaint.Length == 0, $"case {round}: {complaint}");
        }
    }

    [Fact]
    public void A_row_that_does_not_agree_is_named()
    {
        Case one = new(new Random(3));
        Assert.Empty(one.Solver.Contradictions());

        one.Solver[one.Discs + 1][5] ^= 1;

        Assert.Equal([1], one.Solver.Contradictions());
    }

    private sealed class Case
    {
        private readonly int _rows;
        private readonly int[] _lengths;
        private readonly byte[][] _whole;
        private readonly bool[,] _missing;

        public Case(Random random)
        {
            (Discs, _rows) = (random.Next(1, 41), random.Next(2, 9));
            int window = 64 * random.Next(1, 9);
            Solver = new([.. Enumerable.Range(0, Discs).Select(disc => SetCode.Coefficients(_rows, disc))], window);
            _lengths = [.. Enumerable.Range(0, Discs + _rows).Select(member => member < Discs ? random.Next(window + 1) : window)];
            foreach (int disc in Enumerable.Range(0, Discs))
            {
                random.NextBytes(Solver[disc][.._lengths[disc]]);
            }

            Solver.Encode();
            _whole = [.. Enumerable.Range(0, Discs + _rows).Select(member => Solver[member].ToArray())];
            _missing = new bool[Discs + _rows, window];
        }

        public SetSolver Solver { get; }

        public int Discs { get; }

        /// <summary>Some members lost, some with holes; often about as many as there is parity.</summary>
        public void Damage(Random random)
        {
            for (int left = random.Next(_rows + 2); left > 0; left--)
            {
                int member = random.Next(_whole.Length);
                Miss(member, 0, _lengths[member], random);
            }

            for (int left = random.Next(3 * _rows); left > 0; left--)
            {
                int member = random.Next(_whole.Length);
                int from = random.Next(_lengths[member] + 1);
                Miss(member, from, random.Next(_lengths[member] - from + 1), random);
            }
        }

        public string Complaint()
        {
            IReadOnlyList<SetHole> made = Solver.Solve();
            bool[,] restored = Mark(made), left = Mark(Solver.Holes);
            for (int at = 0; at < Solver.Window; at++)
            {
                int[] missing = [.. Enumerable.Range(0, _whole.Length).Where(member => _missing[member, at])];
                bool isSolvable = missing.Count(member => member < Discs) <= _rows - missing.Count(member => member >= Discs);
                foreach (int member in Enumerable.Range(0, _whole.Length))
                {
                    bool isMissing = _missing[member, at];
                    byte expected = isMissing && !isSolvable ? (byte)0 : _whole[member][at];
                    if (Solver[member][at] != expected || restored[member, at] != (isMissing && isSolvable) || left[member, at] != (isMissing && !isSolvable))
                    {
                        return $"{Discs}+{_rows}, byte {at} of member {member}, of {missing.Length} that are missing there";
                    }
                }
            }

            return "";
        }

        private void Miss(int member, int from, int length, Random random)
        {
            random.NextBytes(Solver[member].Slice(from, length)); // whatever stands there
            Solver.Miss(member, from, length);
            for (int at = from; at < from + length; at++)
            {
                _missing[member, at] = true;
            }
        }

        private bool[,] Mark(IEnumerable<SetHole> holes)
        {
            bool[,] marked = new bool[_whole.Length, Solver.Window];
            foreach (SetHole hole in holes)
            {
                for (long at = hole.From; at < hole.End; at++)
                {
                    marked[hole.Member, at] = true;
                }
            }

            return marked;
        }
    }
}
