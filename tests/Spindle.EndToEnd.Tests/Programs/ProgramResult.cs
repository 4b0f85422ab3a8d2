// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace Spindle.EndToEnd.Tests.Programs;

/// <summary>How a program ended, and all that it said.</summary>
internal sealed record ProgramResult(string CommandLine, int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as the one JSON document that it must be.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);

    /// <summary>Fails with all that was said where the program ended otherwise.</summary>
    public ProgramResult EndedWith(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"{this}\nexpected exit code {exitCode}");
        return this;
    }

    public override string ToString() => $"{CommandLine}\nexit code {ExitCode}\n{Output}{Error}";
}
