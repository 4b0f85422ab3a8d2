// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.DiscSet;
using Spindle.Testing;

namespace Spindle.Parity.Tests.DiscSet;

public sealed class SetSumsTests : IDisposable
{
    private const int Part = 1 << 20;

    private readonly TempDirectory _directory = new();

    private string Folder => _directory["Set_S000.sums"];

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public void Sums_of_discs_that_came_one_by_one_are_the_parity_made_at_once(int rows)
    {
        using SetSums sums = SetSums.Create(Folder, "Set_S000", rows);
        foreach ((string name, byte[] bytes) in SixDiscs.Images)
        {
            Add(sums, name, bytes);
        }

        AssertSame(SixDiscs.Parity(rows), Parity(sums, 40960));
        Assert.Equal(SixDiscs.Files.Select(file => (file.Name, file.Length, Convert.ToHexString(file.Md5), Convert.ToHexString(file.Md5OfStart))), sums.Discs.Select(disc => (disc.File.Name, disc.File.Length, Convert.ToHexString(disc.File.Md5), Convert.ToHexString(disc.File.Md5OfStart))));
        Assert.True(sums.PiecesOf(sums.Discs[5]).Holds(0, SixDiscs.Images[5].Bytes));
    }

    [Fact]
    public void Sums_are_opened_again_and_grow_with_the_longest_disc()
    {
        byte[][] discs = Discs();
        foreach ((int place, byte[] disc) in discs.Index())
        {
            using SetSums sums = place == 0 ? SetSums.Create(Folder, "Set_S000", 2) : SetSums.Open(Folder);
            Add(sums, $"{place}.iso", disc);
        }

        using SetSums all = SetSums.Open(Folder);
        Assert.Equal((2, "Set_S000", 3, null), (all.Rows, all.Name, all.Discs.Count, all.Begun));
        AssertSame(Expected(discs), Parity(all, (int)all.Length));
    }

    /// <summary>Each write and each flush of an addition is the last thing that happens once; what is there then must go on to the same sums.</summary>
    [Fact]
    public void A_program_that_is_killed_at_any_write_leaves_sums_that_the_same_disc_completes()
    {
        byte[][] discs = Discs();
        string before = _directory["before"];
        using (SetSums sums = SetSums.Create(before, "Set_S000", 2))
        {
            Add(sums, "0.iso", discs[0]);
            Add(sums, "1.iso", discs[1]);
        }

        byte[][] expected = Expected(discs);
        int kills = 0;
        for (bool isKilled = true; isKilled; kills++)
        {
            string folder = _directory[$"killed{kills}"];
            Copy(before, folder);
            isKilled = AddUntilKilled(folder, discs[2], kills);
            using SetSums sums = SetSums.Open(folder);
            if (isKilled)
            {
                Add(sums, "2.iso", discs[2]);
            }

            Assert.Equal(3, sums.Discs.Count);
            AssertSame(expected, Parity(sums, (int)sums.Length));
            Directory.Delete(folder, recursive: true);
        }

        Assert.Equal(17, kills); // two windows: a head to the journal and a flush, two rows and two lists to their places; in the end, a flush for each file
    }

    [Theory]
    [InlineData(5, 2)]
    [InlineData(1, 18)] // the journal has places for 16
    public void Power_that_fails_at_any_moment_leaves_sums_that_the_same_disc_completes(int times, int windows)
    {
        byte[][] discs = [Discs()[0], new byte[((windows - 1) << 23) + 777_777]];
        new Random(9).NextBytes(discs[1]);
        string before = _directory["before"];
        using (SetSums sums = SetSums.Create(before, "Set_S000", 2))
        {
            Add(sums, "0.iso", discs[0]);
        }

        byte[][] expected = Expected(discs);
        Random random = Seed.Random();
        for (int time = 0; time < times; time++)
        {
            string folder = _directory[$"failed{time}"];
            Copy(before, folder);
            for (int left = random.Next(windows > 2 ? 90 : 1, 6 * windows); ; left = random.Next(1, 6 * windows))
            {
                FailingPower power = new(random, left);
                try
                {
                    using SetSums failing = SetSums.Open(folder, path => power.Open(SetSums.OpenFile(path)));
                    Add(failing, "1.iso", discs[1]);
                    break;
                }
                catch (DyingStorage.KilledException) when (random.Next(4) > 0)
                {
                    // and fails again
                }
                catch (DyingStorage.KilledException)
                {
                    using SetSums sums = SetSums.Open(folder);
                    Add(sums, "1.iso", discs[1]);
                    break;
                }
            }

            using SetSums all = SetSums.Open(folder);
            AssertSame(expected, Parity(all, (int)all.Length));
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Storage_that_changes_is_noticed()
    {
        byte[][] discs = Discs();
        using (SetSums sums = SetSums.Create(Folder, "Set_S000", 2))
        {
            Add(sums, "0.iso", discs[0]);
        }

        Overwrite(Path.Combine(Folder, "2.sum"), 1_000);
        using SetSums rotten = SetSums.Open(Folder);

        Assert.Equal("sums-damaged", CodeOf(() => Add(rotten, "1.iso", discs[1])));
        Assert.Equal("sums-damaged", CodeOf(() => Parity(rotten, (int)rotten.Length)));
    }

    [Fact]
    public void A_disc_that_is_another_one_when_it_goes_on_is_refused()
    {
        byte[][] discs = Discs();
        using SetSums sums = SetSums.Create(Folder, "Set_S000", 2);
        using (SetAddition first = sums.Add("first.iso", discs[0].Length)) // of which nothing is left
        {
            first.Append(discs[0].AsSpan(0, (8 << 20) + 5));
        }

        using (SetSums cut = SetSums.Open(CopyOf(Folder)))
        {
            Assert.Null(cut.Begun);
        }

        Add(sums, "first.iso", discs[1]);
        using (SetAddition begun = sums.Add("0.iso", discs[2].Length))
        {
            begun.Append(discs[2].AsSpan(0, (8 << 20) + 5));
        }

        using SetSums again = SetSums.Open(_directory.Path + "/" + Path.GetFileName(CopyOf(Folder)));
        byte[] changed = [.. discs[2]];
        changed[1000] ^= 1;

        Assert.Equal(("0.iso", 8L << 20), (again.Begun!.Name, again.Begun.Done));
        Assert.Equal("sums-unfinished", CodeOf(() => Add(again, "1.iso", discs[1])));
        Assert.Equal("image-changed", CodeOf(() => Add(again, "0.iso", changed)));
        Assert.Equal("image-changed", CodeOf(() => AddPart(again, "0.iso", discs[2])));
        Add(again, "0.iso", discs[2]);
        AssertSame(Expected([discs[1], discs[2]]), Parity(again, discs[2].Length));
    }

    [Fact]
    public void What_can_t_be_added_is_refused()
    {
        Assert.Equal("sums-missing", CodeOf(() => SetSums.Open(_directory["none"])));
        using SetSums sums = SetSums.Create(Folder, "Set_S000", 8);
        Add(sums, "0.iso", [1]);
        Assert.Equal("disc-given-twice", CodeOf(() => Add(sums, "0.iso", [1])));
        foreach (int place in Enumerable.Range(1, 248))
        {
            Add(sums, $"{place}.iso", [(byte)place]);
        }

        Assert.Equal("set-too-large", CodeOf(() => Add(sums, "249.iso", [1])));
        File.WriteAllText(Path.Combine(CopyOf(Folder), "sums.tsv"), "sums\t1\t9\tx\n");
        Assert.Equal("sums-damaged", CodeOf(() => SetSums.Open(CopyPath(Folder))));
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>One of a window and a piece, one shorter than a piece, one of two windows, of which the second is short.</summary>
    private static byte[][] Discs()
    {
        byte[][] discs = [new byte[(8 << 20) + 65536], new byte[777], new byte[(8 << 20) + 123_456]];
        foreach ((int seed, byte[] disc) in discs.Index())
        {
            new Random(seed).NextBytes(disc);
        }

        return discs;
    }

    private static byte[][] Expected(byte[][] discs)
    {
        int length = discs.Max(disc => disc.Length);
        SetSolver solver = new([.. discs.Select((_, place) => SetCode.Coefficients(2, place))], (length + 63) & -64);
        foreach ((int place, byte[] disc) in discs.Index())
        {
            disc.CopyTo(solver[place]);
        }

        solver.Encode();
        return [solver[discs.Length][..length].ToArray(), solver[discs.Length + 1][..length].ToArray()];
    }

    private static byte[][] Parity(SetSums sums, int length)
    {
        byte[] row = new byte[(length + PieceSums.PieceLength - 1) / PieceSums.PieceLength * PieceSums.PieceLength];
        return [.. Enumerable.Range(0, sums.Rows).Select(number =>
        {
            sums.Read(number, 0, row);
            Assert.False(row.AsSpan(length).ContainsAnyExcept((byte)0));
            return row[..length];
        })];
    }

    private static void AssertSame(byte[][] expected, byte[][] actual)
    {
        Assert.Equal(expected.Select(row => row.Length), actual.Select(row => row.Length));
        Assert.All(expected.Zip(actual), row => Assert.True(row.First.AsSpan().SequenceEqual(row.Second)));
    }

    private static SummedDisc Add(SetSums sums, string name, byte[] disc)
    {
        using SetAddition addition = sums.Add(name, disc.Length);
        for (int at = 0; at < disc.Length; at += Part)
        {
            addition.Append(disc.AsSpan(at, Math.Min(Part, disc.Length - at)));
        }

        return addition.Complete();
    }

    /// <summary>Adds a disc on storage that goes at some write or flush, in the midst of it.</summary>
    /// <returns>Whether it came to that.</returns>
    private static bool AddUntilKilled(string folder, byte[] disc, int at)
    {
        int left = at;
        try
        {
            using SetSums sums = SetSums.Open(folder, path => new DyingStorage(SetSums.OpenFile(path), () => left-- <= 0));
            Add(sums, "2.iso", disc);
            return false;
        }
        catch (DyingStorage.KilledException)
        {
            return true;
        }
    }

    private static void AddPart(SetSums sums, string name, byte[] disc)
    {
        using SetAddition addition = sums.Add(name, disc.Length);
        addition.Append(disc.AsSpan(0, 1000));
        addition.Complete();
    }

    private static string CodeOf(Action action) => Assert.Throws<OperationFailedException>(action).Failure.Code;

    private static void Overwrite(string path, long position)
    {
        using FileStream file = new(path, FileMode.Open);
        file.Position = position;
        file.WriteByte((byte)(file.ReadByte() ^ 1));
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(to, SetNames.Digests));
        foreach (string path in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, path));
            File.Copy(path, copy, overwrite: true);
        }
    }

    private string CopyPath(string folder) => _directory[Path.GetFileName(folder) + "-copy"];

    private string CopyOf(string folder)
    {
        Copy(folder, CopyPath(folder));
        return CopyPath(folder);
    }
}
