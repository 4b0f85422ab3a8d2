// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>Whether discs are whole, and what is not.</summary>
public sealed class VerifyTests : IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_good_set_is_whole()
    {
        await ArchiveAsync();

        ProgramResult result = (await _workspace.RunAsync("verify", "discs", "--json")).EndedWith(0);

        Assert.All(result.Json.GetProperty("discs").EnumerateArray(), disc => Assert.Equal("whole", disc.GetProperty("verdict").GetString()));
        Assert.Equal(["whole", "whole"], await VerdictsAsync());
        (await _workspace.RunAsync("verify", "tree")).EndedWith(1);
    }

    [Fact]
    public async Task A_flipped_byte_costs_exactly_its_file()
    {
        await ArchiveAsync();
        await _workspace.ShellAsync("""
            lba=$(7z e -so discs/Set_0000.iso ARCHIVE/files.tsv 2> /dev/null | awk -F'\t' '$7 == 0 && $2 == "f" && $3 > 20000 && $1 ~ /photos\/p/ { print $11, $1 }' | head -1)
            echo -n "${lba#* }" > hit; printf 'XYZ' | dd of=discs/Set_0000.iso bs=1 seek=$((${lba% *} * 2048 + 3000)) conv=notrunc status=none
            """);

        ProgramResult result = (await _workspace.RunAsync("verify", "discs", "--json")).EndedWith(2);

        JsonElement[] discs = [.. result.Json.GetProperty("discs").EnumerateArray()];
        JsonElement damaged = Assert.Single(discs[0].GetProperty("damaged").EnumerateArray());
        Assert.Equal("DATA/" + File.ReadAllText(_workspace["hit"]), damaged.GetProperty("path").GetString());
        Assert.Empty(discs[1].GetProperty("damaged").EnumerateArray());
        Assert.Equal(["damaged", "whole"], await VerdictsAsync());
    }

    [Fact]
    public async Task Of_check_data_the_header_is_verified_and_what_drives_read_behind_is_no_damage()
    {
        await _workspace.ShellAsync("mkdir tree; head -c 900000 /dev/urandom > tree/a; head -c 300000 /dev/urandom > tree/b");
        (await _workspace.RunAsync("archive", "tree", "4MB", "--parity", "20%", "--to", "discs", "--verify", "none")).EndedWith(0);
        (await _workspace.RunAsync("archive", "tree", "4MB", "--catalogue", "plain.db", "--to", "plain", "--verify", "none")).EndedWith(0);
        await _workspace.ShellAsync("""
            cp discs/*.iso whole.iso; cp discs/*.iso cut.iso; truncate -s -40960 cut.iso; cp discs/*.iso headless.iso
            sectors=$(isoinfo -d -i headless.iso | awk '/Volume size/ { print $NF }')
            dd if=/dev/zero of=headless.iso bs=2048 seek=$sectors count=2 conv=notrunc status=none
            cp plain/*.iso padded.iso; truncate -s +307200 padded.iso
            """);

        Assert.Equal(("whole", "whole"), await VerdictAsync("whole.iso", 0));
        Assert.Equal(("damaged", "damaged"), await VerdictAsync("cut.iso", 2));
        Assert.Equal(("damaged", "damaged"), await VerdictAsync("headless.iso", 2));
        Assert.Equal(("whole", null), await VerdictAsync("padded.iso", 0));
    }

    [Fact]
    public async Task Samples_go_on_where_the_last_one_ended()
    {
        await ArchiveAsync();
        await _workspace.ShellAsync("""
            lba=$(7z e -so discs/Set_0000.iso ARCHIVE/files.tsv 2> /dev/null | awk -F'\t' '$7 == 0 && $2 == "f" && $3 > 5000 { print $11 }' | sort | tail -1)
            printf 'XYZ' | dd of=discs/Set_0000.iso bs=1 seek=$((lba * 2048 + 3000)) conv=notrunc status=none
            """);

        List<long> damaged = [];
        for (int sample = 0; sample < 4; sample++)
        {
            ProgramResult result = await _workspace.RunAsync("verify", "discs/Set_0000.iso", "--sample", "25%", "--json");
            JsonElement disc = Assert.Single(result.Json.GetProperty("discs").EnumerateArray());
            damaged.Add(disc.GetProperty("filesDamaged").GetInt64());
            Assert.True(disc.GetProperty("filesNotChecked").GetInt64() > disc.GetProperty("filesWhole").GetInt64());
        }

        Assert.Equal(0, damaged[0]);
        Assert.Equal(1, damaged.Sum());
    }

    [Fact]
    public async Task Parts_below_a_name_that_udf_could_not_keep_are_found()
    {
        await _workspace.ShellAsync(@"mkdir -p tree/$'caf\xe9'; head -c 3000000 /dev/urandom > tree/$'caf\xe9'/big");
        (await _workspace.RunAsync("archive", "tree", "1200s", "--job", "Set", "--split", "--to", "discs", "--verify", "none")).EndedWith(0);

        (await _workspace.RunAsync("verify", "discs")).EndedWith(0);
    }

    [Theory]
    [InlineData("big.001of002")]
    [InlineData("big.002of002")]
    [InlineData("small")]
    [InlineData("ARCHIVE/SHA256SUMS")]
    public async Task A_length_that_no_medium_has_is_not_read(string name)
    {
        ForeignTool.PathOf("bsdtar");
        await _workspace.ShellAsync("mkdir tree; head -c 3000000 /dev/urandom > tree/big; echo small > tree/small");
        (await _workspace.RunAsync("archive", "tree", "1400s", "--job", "Set", "--split", "--to", "discs", "--verify", "none")).EndedWith(0);

        // ECMA-167 4/14.9: tag 261 is a file entry, and its information length, 8 bytes, is at 56.
        foreach (string image in Directory.GetFiles(_workspace["discs"], "*.iso"))
        {
            string list = await _workspace.ShellAsync($"bsdtar -tvf {image} | awk '$9 ~ \"{name}$\" {{ print $5; exit }}'");
            byte[] bytes = await File.ReadAllBytesAsync(image, TestContext.Current.CancellationToken);
            for (int at = 0; list.Length > 0 && at < bytes.Length; at += 2048)
            {
                if (BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at)) == 261 && BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at + 56)) == long.Parse(list, CultureInfo.InvariantCulture))
                {
                    bytes[at + 62] |= 1;
                }
            }

            await File.WriteAllBytesAsync(image, bytes, TestContext.Current.CancellationToken);
        }

        await _workspace.ShellAsync($"timeout 60 '{SpindleProgram.Path}' verify discs > said 2>&1 || test $? = 2");
        (await _workspace.RunAsync("restore", "--from", "discs", "--to", "out", "--no-catalogue")).EndedWith(0);
        await _workspace.ShellAsync("diff -r tree out");
    }

    [Fact]
    public async Task A_name_with_what_is_no_character_ends_no_command()
    {
        await _workspace.ShellAsync(@"mkdir tree; echo a > tree/$'a\xef\xbf\xbf'");
        (await _workspace.RunAsync("archive", "tree", "cd", "--job", "Set", "--to", "discs", "--verify", "none")).EndedWith(0);

        ProgramResult result = (await _workspace.RunAsync("find")).EndedWith(0);

        Assert.Contains("a\uFFFD", result.Output, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private async Task<(string? Verdict, string? ParityHeader)> VerdictAsync(string image, int exit)
    {
        JsonElement disc = Assert.Single((await _workspace.RunAsync("verify", image, "--json")).EndedWith(exit).Json.GetProperty("discs").EnumerateArray());
        return (disc.GetProperty("verdict").GetString(), disc.GetProperty("parityHeader").GetString());
    }

    private async Task<IEnumerable<string?>> VerdictsAsync() =>
        (await _workspace.RunAsync("discs", "--json")).EndedWith(0).Json.GetProperty("discs").EnumerateArray().Select(disc => disc.GetProperty("verdict").GetString());

    /// <summary>Names and contents that are hard, on two discs.</summary>
    private async Task ArchiveAsync()
    {
        await _workspace.ShellAsync("""
            mkdir -p tree/photos $'tree/weird\nname' tree/docs && cd tree
            for i in $(seq 60); do head -c $((i * 997)) /dev/urandom > photos/p$i.jpg; done; head -c 3000000 /dev/urandom > photos/big.raw
            : > docs/zero; cp photos/p5.jpg docs/dup.jpg; ln photos/p7.jpg docs/hard.jpg; ln -s nowhere docs/dangling
            printf x > $'docs/bad\xff\xfename'; printf n > $'docs/new\nline'; printf b > 'docs/back\slash'; printf l > $'weird\nname/leaf'
            """);
        (await _workspace.RunAsync("archive", "tree", "4MB", "--job", "Set", "--split", "--to", "discs", "--verify", "none")).EndedWith(0);
    }
}
