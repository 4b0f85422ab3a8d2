// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>Labels as other programs read them: librsvg and Poppler draw them, ZBar reads the code, Poppler the texts.</summary>
public sealed class LabelTests : IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Other_programs_read_what_is_printed_on_discs()
    {
        Directory.CreateDirectory(_workspace["tree/letters"]);
        _workspace.Write("tree/letters/a.txt", new byte[100]);
        _workspace.Write("tree/letters/Grüße (1).txt", new byte[200]);
        (await _workspace.RunAsync("scan", "tree", "--job", "Family")).EndedWith(0);
        (await _workspace.RunAsync("plan", "cd")).EndedWith(0);
        string uuid = (await _workspace.RunAsync("discs", "--json")).EndedWith(0).Json.GetProperty("discs")[0].GetProperty("uuid").GetString()!;
        foreach (string form in (string[])["disc", "jewel", "dvd", "bd", "sleeve"])
        {
            (await _workspace.RunAsync("label", "--for", form, "--to", $"{form}.pdf")).EndedWith(0);
            (await _workspace.RunAsync("label", "0", "--for", form, "--to", $"{form}.svg")).EndedWith(0);

            await ForeignTool.AcceptsAsync("rsvg-convert", _workspace.Path, $"{form}.svg", "--dpi-x", "300", "--dpi-y", "300", "--background-color", "white", "-o", $"{form}.png");
            await ForeignTool.AcceptsAsync("pdftoppm", _workspace.Path, "-r", "300", "-png", "-singlefile", $"{form}.pdf", $"{form}-sheet");
            foreach (string picture in (string[])[$"{form}.png", $"{form}-sheet.png"])
            {
                string read = (await ForeignTool.AcceptsAsync("zbarimg", _workspace.Path, "-q", "--raw", picture)).Output;
                Assert.All(read.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Equal($"urn:uuid:{uuid}", line));
                Assert.NotEmpty(read);
            }

            string text = (await ForeignTool.AcceptsAsync("pdftotext", _workspace.Path, $"{form}.pdf", "-")).Output;
            Assert.Contains("FAMILY_0000", text, StringComparison.Ordinal);
            Assert.Contains(uuid, text, StringComparison.Ordinal);
            Assert.True(form is "sleeve" || text.Contains("letters/Grüße (1).txt", StringComparison.Ordinal), text);
        }
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
