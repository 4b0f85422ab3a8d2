// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Spindle.Drives.MacOS;
using Spindle.Testing;

namespace Spindle.Drives.Tests.MacOS;

[UnsupportedOSPlatform("windows")]
public sealed class SystemProgramsTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TempDirectory _directory = new();

    public SystemProgramsTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "its programs are scripts of a Unix shell");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Gives_words_to_a_program_as_they_are_and_brings_what_it_prints()
    {
        ProgramOutcome outcome = Run("printf '%s|' \"$@\"", Limit, "a b", "$(id)", "'");

        Assert.Equal((true, "a b|$(id)|'|"), (outcome.IsDone, Encoding.UTF8.GetString(outcome.Output)));
    }

    [Fact]
    public void What_a_program_says_of_its_failure_is_a_line()
    {
        ProgramOutcome outcome = Run("echo out; echo one >&2; echo >&2; echo ' two ' >&2; exit 3", Limit);

        Assert.Equal((3, "one; two"), (outcome.ExitCode, outcome.Said));
        Assert.Equal("only here", Run("echo only here; exit 1", Limit).Said);
    }

    [Fact]
    public void A_program_that_does_not_end_is_ended()
    {
        long start = Stopwatch.GetTimestamp();

        ProgramOutcome outcome = Run("sleep 60; echo late", TimeSpan.FromSeconds(0.5));

        Assert.Equal((null, 0), (outcome.ExitCode, outcome.Output.Length));
        Assert.Contains("did not end", outcome.Said, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 20);
    }

    [Fact]
    public void A_program_that_asks_gets_no_answer_and_one_that_talks_much_is_heard_to_its_end()
    {
        Assert.True(Run("cat", Limit).IsDone);
        ProgramOutcome outcome = Run("head -c 20000000 /dev/zero; head -c 1000000 /dev/zero >&2", Limit);

        Assert.Equal((true, 16 << 20), (outcome.IsDone, outcome.Output.Length));
    }

    [Fact]
    public void A_program_that_is_not_there_or_none_is_told()
    {
        Assert.Equal("nothing is not there", new SystemPrograms(_directory.Path).Run("nothing", Limit).Said);
        _directory.Write("text", "no program"u8);
        ProgramOutcome outcome = new SystemPrograms(_directory.Path).Run("text", Limit);

        Assert.Null(outcome.ExitCode);
        Assert.Contains("cannot be run", outcome.Said, StringComparison.Ordinal);
    }

    private ProgramOutcome Run(string body, TimeSpan limit, params string[] arguments)
    {
        File.SetUnixFileMode(_directory.Write("program", Encoding.UTF8.GetBytes($"#!/bin/sh\n{body}\n")), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        ProgramOutcome outcome = new SystemPrograms("/nowhere", _directory.Path).Run("program", limit, arguments);
        File.Delete(_directory["program"]);
        return outcome;
    }
}
