// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;
using Spindle.Testing.Burning;

namespace Spindle.Burning.Tests.Running;

/// <summary>Whatever xorriso says: the disc decides.</summary>
public sealed class XorrisoWriterTests
{
    private const string Done = "Writing to '/dev/sr0' completed successfully.";

    [Fact]
    public void A_program_that_says_it_is_done_is_not_believed()
    {
        (BurnedCopy copy, _) = Burn($"echo 'libburn : SORRY : SET STREAMING refused' >&2; echo \"{Done}\" >&2", _ => { });

        Assert.Equal((CopyState.Spoiled, "disc-unchanged"), (copy.State, copy.Failure?.Code));
    }

    [Fact]
    public void What_it_complains_of_is_told_where_the_disc_is_still_blank()
    {
        (BurnedCopy copy, _) = Burn("echo 'libburn : FATAL : SCSI error on write(1984,32): [3 0C 00]' >&2; exit 5", _ => { });

        Assert.Equal((CopyState.Spoiled, "xorriso-failed"), (copy.State, copy.Failure?.Code));
        Assert.Contains("write(1984,32)", copy.Failure!.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disc_that_is_the_image_is_a_copy_whatever_it_complains_of()
    {
        (BurnedCopy copy, byte[] image) = Burn($"echo 'xorriso 1.5.4 : Rock' >&2; echo 'libburn : SORRY : SET STREAMING refused' >&2; echo \"{Done}\" >&2; exit 32", bench => bench.Drive.Holding(bench.Bytes));

        Assert.True(copy.State == CopyState.Verified, copy.Failure?.What);
        Assert.Equal(("sequential, by xorriso 1.5.4", image.Length / 2048), (copy.Method, copy.SectorsWritten));
        Assert.Equal("xorriso-complained", Assert.Single(copy.Notes).Code);
    }

    [Fact]
    public void One_that_burned_something_else_is_found_out()
    {
        (BurnedCopy copy, _) = Burn($"echo \"{Done}\" >&2", bench => bench.Drive.Holding(new byte[bench.Bytes.Length]));

        Assert.Equal((CopyState.Spoiled, "copy-differs"), (copy.State, copy.Failure?.Code));
    }

    [Fact]
    public void Without_it_nothing_is_burned()
    {
        using Bench bench = new(new SimulatedBurner(Profile.BdRSequential)) { Xorriso = new() { Program = "/nowhere/xorriso" } };

        Assert.Equal("no-xorriso", bench.Refused(request => request with { Engine = BurnEngine.Xorriso }).Code);
    }

    /// <summary>A script stands for xorriso; what it does to the disc happens when the drive is given back.</summary>
    private static (BurnedCopy Copy, byte[] Image) Burn(string body, Action<Bench> burn)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a script of /bin/sh stands for it");
        SimulatedBurner drive = new(Profile.BdRSequential);
        using Bench bench = new(drive);
        string script = bench.Write("xorriso", $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        using Bench other = new(drive) { Xorriso = new() { Program = script } };
        int opened = 0;
        drive.Opening = () =>
        {
            if (++opened == 2)
            {
                burn(other);
            }
        };
        return (other.BurnOne(request => request with { Engine = BurnEngine.Xorriso }), other.Bytes);
    }
}
