// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Archiving.Sets;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Tests.Sets;

public sealed class SetCheckerTests
{
    [Fact]
    public void A_whole_set_is_whole()
    {
        using SetOfImages set = new(5, 2);

        SetCheckResult check = set.Check();

        Assert.All(check.Members, member => Assert.Equal(SetState.Whole, member.State));
        Assert.Equal((2, 0, 0), (check.MayLose, check.Damaged.Count, check.Concerns.Count));
        Assert.All(SetChecker.List([set.Images, set.Parity]).Members, member => Assert.Equal(SetState.There, member.State));
    }

    [Fact]
    public void A_parity_folder_is_checked_by_itself()
    {
        using SetOfImages set = new(5, 2);
        SetCheckResult alone = SetChecker.Check([set.Parity], SetOfImages.Untold.Progress, CancellationToken.None);
        set.Overwrite(set.Names[6], 65536 + 100, 1);

        SetCheckResult damaged = SetChecker.Check([set.Parity], SetOfImages.Untold.Progress, CancellationToken.None);

        Assert.Equal([SetState.Missing, SetState.Whole], alone.Members.Select(member => member.State).Distinct());
        Assert.Equal("too-many-lost", Assert.Single(alone.Concerns).Code);
        Assert.Equal(new(set.Names[6], 0, 40_960), Assert.Single(damaged.Damaged));
    }

    [Fact]
    public void Damage_is_named_by_its_place()
    {
        using SetOfImages set = new(5, 2, length: 5 * 65536);
        set.Overwrite("Job_0003.iso", 70_000, 1, 2, 3);
        set.Overwrite(set.Names[5], 30, 7);

        SetCheckResult check = set.Check();

        Assert.Equal(new("Job_0003.iso", 65536, 65536), Assert.Single(check.Damaged));
        Assert.Equal([SetState.Damaged], check.Members.Where(member => member.State != SetState.Whole).Select(member => member.State));
        Assert.Equal("volume-damaged", Assert.Single(check.Concerns).Code);
    }

    /// <summary>A volume with parity of other bytes, and all that vouches for it: only the discs say otherwise.</summary>
    [Fact]
    public void Parity_that_is_not_of_these_discs_is_noticed()
    {
        using SetOfImages set = new(5, 1);
        byte[] bytes = [.. set.Whole[set.Names[5]]];
        bytes[65536 + 77] ^= 1;
        MD5.HashData(bytes.AsSpan(32)).CopyTo(bytes, 16);
        File.WriteAllBytes(set.PathOf(set.Names[5]), bytes);
        PieceSums sums = new(40_960);
        sums.Set(0, bytes.AsSpan(65536));
        File.WriteAllBytes(Path.Combine(set.Parity, "digests", set.Names[5] + ".crc32c"), sums.ToBytes());

        Assert.Equal("parity-contradicts", Assert.Single(set.Check().Concerns).Code);
    }
}
