// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Spindle.EndToEnd.Tests.Programs;

/// <summary>A program that was started and may still be stopped; its standard input is empty.</summary>
internal sealed partial class RunningProgram : IDisposable
{
    private const int SignalInterrupt = 2; // SIGINT

    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(Environment.GetEnvironmentVariable("SPINDLE_LARGE_TESTS") == "1" ? 30 : 3);

    private readonly string _commandLine;
    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly Task<string> _output;
    private readonly Task _errorEnd;
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

    public RunningProgram(
        string program, IEnumerable<string> arguments, string workingDirectory, IReadOnlyDictionary<string, string?>? environment = null)
    {
        string[] words = [.. arguments];
        _commandLine = $"{program} {string.Join(' ', words)}";
        ProcessStartInfo start = new(program, words)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _output = _process.StandardOutput.ReadToEndAsync();
        _errorEnd = Task.Run(ReadErrorsAsync);
    }

    /// <summary>Waits until a line with this text was written to standard error; also ends with the program.</summary>
    public Task SaysAsync(string text)
    {
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_awaited)
        {
            _awaited.Add((text, seen));
        }

        return Task.WhenAny(seen.Task, _errorEnd);
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => _ = Kill(_process.Id, SignalInterrupt);

    /// <summary>kill -9.</summary>
    public void Kill() => _process.Kill();

    public async Task<ProgramResult> EndAsync()
    {
        using CancellationTokenSource timeout = new(LongestRun);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"{_commandLine} did not end within {LongestRun}\n{_error}");
        }

        await _errorEnd;
        return new(_commandLine, _process.ExitCode, await _output, _error.ToString());
    }

    public void Dispose() => _process.Dispose();

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _error.AppendLine(line);
            lock (_awaited)
            {
                foreach ((string text, TaskCompletionSource seen) in _awaited.Where(one => line.Contains(one.Text, StringComparison.Ordinal)))
                {
                    seen.TrySetResult();
                }
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
