// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests.Programs;

/// <summary>A fresh directory that Spindle runs in. At its end every manifest that was written there must be valid.</summary>
internal sealed class Workspace : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();

    public string Path => _directory.Path;

    public string this[string name] => _directory[name];

    public string Write(string name, ReadOnlySpan<byte> content) => _directory.Write(name, content);

    public RunningProgram Start(params string[] arguments) => SpindleProgram.Start(arguments, Path);

    public Task<ProgramResult> RunAsync(params string[] arguments) => SpindleProgram.RunAsync(arguments, Path);

    /// <summary>Runs a script of bash here, which must end well.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> ShellAsync(string script)
    {
        using RunningProgram shell = new("bash", ["-ec", script], Path);
        return (await shell.EndAsync()).EndedWith(0).Output;
    }

    /// <summary>The manifest of an image that was made with <c>--dir out</c>.</summary>
    public JsonElement Manifest(string name) => ManifestAt(this[$"out/{name}/{name}_manifest.json"]);

    public static JsonElement ManifestAt(string path) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(path));

    public async ValueTask DisposeAsync()
    {
        using (_directory)
        {
            string? complaint = await ManifestSchema.ComplaintAsync(Directory.GetFiles(Path, "*_manifest.json", SearchOption.AllDirectories));
            Assert.True(complaint is null, complaint);
        }
    }
}
