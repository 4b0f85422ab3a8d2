// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>Discs as odarchive makes them, laid out by the library that it uses: their files come back.</summary>
public sealed class OdarchiveTests : IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_set_comes_back_from_its_discs_alone()
    {
        await MakeAsync("3");
        ProgramResult result = (await _workspace.RunAsync("restore", "--from", "discs", "--to", "out", "--json")).EndedWith(0);
        Assert.Equal(3, result.Json.GetProperty("discsUsed").GetArrayLength());
        await _workspace.ShellAsync("diff -r tree out && [ $(stat -c %Y tree/f1) = $(stat -c %Y out/f1) ]");
    }

    [Fact]
    public async Task A_set_comes_back_by_its_catalogue_from_its_discs_mounted_and_a_missing_one_is_named()
    {
        await MakeAsync("3");
        await _workspace.ShellAsync("""
            rm -rf mounted; for i in 0 1; do 7z x -tudf -omounted/$i discs/new_000$i.iso > /dev/null; done
            rm discs/*.iso
            """);
        (await _workspace.RunAsync("import", "discs/catalogue.json")).EndedWith(0);
        ProgramResult result = (await _workspace.RunAsync("restore", "--from", "mounted", "--to", "out", "--json")).EndedWith(2);
        Assert.Equal(2, Assert.Single(result.Json.GetProperty("discsMissing").EnumerateArray()).GetProperty("number").GetInt32());
        await _workspace.ShellAsync("""
            python3 -c "
            import json, os
            for file in json.load(open('discs/catalogue.json'))['files'].values():
                for name in file['filenames']:
                    assert os.path.exists('out' + name[5:]) == (file['disc_num'] != 2), name
            "
            """);
    }

    [Fact]
    public async Task One_disc_of_everything_comes_back()
    {
        await MakeAsync("");
        (await _workspace.RunAsync("restore", "--from", "discs/new.iso", "--to", "out")).EndedWith(0);
        await _workspace.ShellAsync("diff -r tree out");
    }

    [Fact]
    public async Task Old_sets_and_a_new_archive_become_one_and_nothing_is_written_twice()
    {
        await MakeAsync("2");
        await _workspace.ShellAsync("mkdir new; cp tree/sub/deep/r7 new/known; echo fresh > new/fresh");
        (await _workspace.RunAsync("scan", "new", "--job", "New")).EndedWith(0);
        (await _workspace.RunAsync("import", "discs/catalogue.json")).EndedWith(1);
        (await _workspace.RunAsync("import", "discs/catalogue.json", "--as", "old/first")).EndedWith(0);
        (await _workspace.RunAsync("scan", "new", "--hash", "sha256,sha512")).EndedWith(0);
        (await _workspace.RunAsync("plan", "cd")).EndedWith(0);
        (await _workspace.RunAsync("write", "--all", "--to", "discs")).EndedWith(0);
        JsonElement discs = (await _workspace.RunAsync("discs", "--json")).EndedWith(0).Json.GetProperty("discs");
        Assert.Equal(3, discs.GetArrayLength());
        Assert.Equal(6, discs[2].GetProperty("bytes").GetInt64()); // "fresh", and no more
        Assert.Contains("Old job", (await _workspace.RunAsync("where", "known")).EndedWith(0).Output, StringComparison.Ordinal);

        (await _workspace.RunAsync("restore", "--from", "discs", "--to", "out")).EndedWith(0);
        await _workspace.ShellAsync("diff -r tree out/old/first && rm -r out/old && diff -r new out");

        await _workspace.ShellAsync("rm catalogue.db");
        (await _workspace.RunAsync("restore", "--from", "discs/New_0002.iso", "discs", "--to", "again")).EndedWith(0);
        await _workspace.ShellAsync("diff -r tree again/old/first && rm -r again/old && diff -r new again");
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private async Task MakeAsync(string discs)
    {
        Assert.SkipUnless(File.Exists("/usr/lib/python3/dist-packages/pycdlib/__init__.py"), "pycdlib is not installed");
        await _workspace.ShellAsync($"""
            mkdir -p tree/sub/deep tree/two
            for i in 1 2 3 4 5 6 7; do
                echo file $i > tree/f$i; echo sub $i > tree/sub/s$i.txt; cp tree/f$i "tree/two/copy é $i"; head -c $((i * 5000)) /dev/urandom > tree/sub/deep/r$i
            done
            : > tree/empty; : > tree/two/empty2; touch -d '2011-12-13 14:15:16' tree/f1
            /usr/bin/python3 {Repository.File("tests/fixtures/odarchive_discs.py")} tree discs {discs}
            """);
    }
}
