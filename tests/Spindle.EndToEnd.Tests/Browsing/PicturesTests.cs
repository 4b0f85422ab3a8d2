// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Xml.Linq;
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests.Browsing;

/// <summary>The pictures of the README can be drawn anew, of the program as it is.</summary>
[Trait("with", "browser")]
public sealed class PicturesTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task The_script_draws_all_pictures_of_the_readme()
    {
        Assert.SkipWhen(Browser.Missing is not null, Browser.Missing ?? "");
        using RunningProgram script = new(Repository.File("docs/pictures/draw"), [SpindleProgram.Path, _directory["pictures"]], _directory.Path);
        (await script.EndAsync()).EndedWith(0);

        foreach (string scheme in (string[])["light", "dark"])
        {
            byte[] picture = await File.ReadAllBytesAsync(_directory[$"pictures/station-{scheme}.png"]);
            Assert.Equal((1000, 680), (BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(20)))); // IHDR (PNG, 3rd edition, 11.2.1)
            Assert.True(picture.Length > 20_000, "nothing is on it");
        }

        Assert.NotEqual(await File.ReadAllBytesAsync(_directory["pictures/station-light.png"]), await File.ReadAllBytesAsync(_directory["pictures/station-dark.png"]));
        Assert.Contains(XDocument.Load(_directory["pictures/terminal.svg"]).Descendants(), element => element.Value.StartsWith("Checksum match", StringComparison.Ordinal));
        string readme = await File.ReadAllTextAsync(Repository.File("README.md"));
        Assert.All(Directory.GetFiles(_directory["pictures"]), picture =>
        {
            Assert.Contains($"docs/pictures/{Path.GetFileName(picture)}", readme, StringComparison.Ordinal);
            Assert.True(File.Exists(Repository.File($"docs/pictures/{Path.GetFileName(picture)}")));
        });
    }

    public void Dispose() => _directory.Dispose();
}
