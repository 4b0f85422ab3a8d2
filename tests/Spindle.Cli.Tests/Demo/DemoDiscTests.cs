// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Spindle.Cli.Demo;
using Spindle.Testing;

namespace Spindle.Cli.Tests.Demo;

public sealed class DemoDiscTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void Is_always_the_same_bytes()
    {
        byte[] image = DemoDisc.Build();

        Assert.Equal(3929 * 2048, image.Length);
        Assert.Equal(SHA256.HashData(image), SHA256.HashData(DemoDisc.Build()));
    }

    [Fact]
    public void Is_written_with_the_directories_above_it()
    {
        string path = _directory["a/b/demo.iso"];

        DemoDisc.Write(path);

        Assert.Equal(DemoDisc.Build(), File.ReadAllBytes(path));
    }

    [Fact]
    public void Another_program_reads_its_files()
    {
        DemoDisc.Write(_directory["demo.iso"]);

        string list = ForeignProgram.Run("7z", "l", "-slt", _directory["demo.iso"]);
        ForeignProgram.Run("7z", "x", $"-o{_directory["out"]}", _directory["demo.iso"]);

        Assert.Contains("Size = 8000000", list, StringComparison.Ordinal);
        Assert.Equal("This is a disc that Spindle made to show what it does.\r\n", File.ReadAllText(_directory["out/README.TXT"]));
        byte[] picture = File.ReadAllBytes(_directory["out/PICTURE.DAT"]);
        byte[] expected = new byte[8_000_000];
        new Random(1982).NextBytes(expected);
        Assert.Equal(expected, picture);
    }

    [Fact]
    public async Task Spindle_has_nothing_to_find_fault_with()
    {
        DemoDisc.Write(_directory["demo.iso"]);

        CommandLine.Outcome outcome = await CommandLine.RunAsync("inspect", _directory["demo.iso"], "--json");

        Assert.Equal(0, outcome.Code);
        Assert.Contains(DemoDisc.VolumeName, outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_volume_has_its_name_and_counts_its_sectors_in_both_orders()
    {
        ReadOnlySpan<byte> descriptor = DemoDisc.Build().AsSpan(16 * 2048, 2048);

        Assert.Equal("\u0001CD001\u0001", Encoding.ASCII.GetString(descriptor[..7])); // ECMA-119 §8.4
        Assert.Equal(DemoDisc.VolumeName, Encoding.ASCII.GetString(descriptor[40..72]).TrimEnd()); // BP 41
        Assert.Equal([0x59, 0x0F, 0, 0, 0, 0, 0x0F, 0x59], descriptor[80..88].ToArray()); // BP 81: 3929
        Assert.Equal("2026010100000000", Encoding.ASCII.GetString(descriptor[813..829])); // BP 814
    }

    public void Dispose() => _directory.Dispose();
}
