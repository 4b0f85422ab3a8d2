// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests;

/// <summary>The manual is true: its examples are run, page by page, in order, in an empty folder.</summary>
public sealed class ManualTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public static TheoryData<string> Pages() => ManualPage.All();

    [Theory]
    [MemberData(nameof(Pages))]
    public Task Every_example_ends_and_prints_as_the_manual_says(string page) =>
        ManualPage.HoldsAsync(page, _directory.Path, $"export PATH=\"{Path.GetDirectoryName(SpindleProgram.Path)}:$PATH\"", printed => printed);

    public void Dispose() => _directory.Dispose();
}

/// <summary>It is true of the program for Windows, too, which wine runs here: with the separators of Windows in the paths that it prints.</summary>
[Trait("with", "lab")]
public sealed class ManualOnWindowsTests(Wine wine) : IClassFixture<Wine>, IDisposable
{
    private readonly TempDirectory _directory = new();

    public static TheoryData<string> Pages() => ManualPage.All();

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_example_ends_and_prints_as_the_manual_says(string page)
    {
        await wine.ReadyAsync();
        await ManualPage.HoldsAsync(page, _directory.Path, wine.InShell, printed => printed.Replace('\\', '/'));
    }

    public void Dispose() => _directory.Dispose();
}
