// SPDX-License-Identifier: MIT
using Spindle.Formats.Names;
using Spindle.Imaging.Running;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests;

/// <summary>The list of what is on a disc has the names as they were meant, or says that nobody knows how.</summary>
public sealed class CharsetTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Theory]
    [InlineData(null, "\\x83e\\x83X\\x83g.txt", "charset-unknown")]
    [InlineData("shift_jis", "テスト.txt", null)]
    public async Task The_list_of_files_is_in_the_charset_that_is_named(string? charset, string name, string? warning)
    {
        // A name in Shift-JIS: .NET can't make a file of such a name, a shell can.
        Directory.CreateDirectory(_directory["tree"]);
        ForeignProgram.Run("sh", "-c", $"touch \"{_directory["tree"]}/$(printf '\\203\\145\\203\\130\\203\\147.txt')\"");
        ForeignProgram.Run("genisoimage", "-quiet", "-R", "-V", "NAMES", "-o", _directory["source.iso"], _directory["tree"]);

        ImagingResult result = await Imager.ForThisMachine().RunAsync(
            new()
            {
                Source = _directory["source.iso"],
                Directory = _directory["out"],
                Name = "names",
                Charset = charset is null ? null : Charsets.Find(charset),
            },
            new Progress<WorkProgress>(),
            CancellationToken.None);

        Assert.Equal(warning is null ? [] : [warning], result.Warnings.Select(told => told.Code));
        Assert.Contains(name, await File.ReadAllTextAsync(_directory["out/names/names_tree.txt"]), StringComparison.Ordinal);
        if (warning is not null)
        {
            Assert.Contains("shift_jis", result.Warnings[0].Hint, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _directory.Dispose();
}
