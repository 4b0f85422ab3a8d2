// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Spindle.Media;
using Spindle.Service.Jobs;

namespace Spindle.Service.Tests.Jobs;

/// <summary>A station in a process of its own, which may be killed: it works on whatever there is, and writes down what it believes.</summary>
internal static class PlayedStation
{
    public const string Verb = "play-station";

    /// <summary>Starts one.</summary>
    /// <param name="words">The words of <see cref="RunAsync"/>.</param>
    public static Process Start(params string[] words) => Process.Start(new ProcessStartInfo(Program, [Verb, .. words]) { UseShellExecute = false })!;

    /// <summary>This program.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "Spindle.Service.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));

    /// <summary>What it does.</summary>
    /// <param name="words"><c>work FILE NAME LEASE LOG</c>: works until there is nothing left to do. <c>order FILE TITLE</c>: opens the register, enters an order, and says how that went.</param>
    public static async Task<int> RunAsync(string[] words)
    {
        if (words is ["work", string file, string name, string lease, string log])
        {
            await WorkAsync(file, name, TimeSpan.FromMilliseconds(int.Parse(lease, CultureInfo.InvariantCulture)), log);
            return 0;
        }

        try
        {
            await using IRegister register = JobsFile.Open(words[1]);
            Entered entered = await register.EnqueueAsync(new() { Id = Guid.CreateVersion7(), Verb = "image", Title = words[2], Request = words[2] + new string('x', 100_000) }, CancellationToken.None);
            Console.WriteLine($"entered {entered.Number}");
        }
        catch (OperationFailedException e)
        {
            Console.WriteLine(e.Failure.Code);
        }

        return 0;
    }

    private static async Task WorkAsync(string file, string name, TimeSpan lease, string log)
    {
        await using SqlRegister register = JobsFile.Open(file, lease, JobsFile.Patience);
        await using FileStream book = new(log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 1); // what was written outlives kill -9
        StationSession station = new(name, Guid.NewGuid());
        await register.EnterAsync(station, "test", CancellationToken.None);
        ConcurrentDictionary<Guid, bool> mine = new();
        using CancellationTokenSource end = new();
        Task beating = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                await register.BeatAsync(station, [.. mine.Keys.Select(token => new Beat(token, TimeSpan.Zero, TimeSpan.Zero))], CancellationToken.None);
                await register.ReapAsync(CancellationToken.None);
                await Task.Delay(lease / 4);
            }
        });
        while ((await register.CountsAsync(CancellationToken.None)).Any(count => count.Key != JobState.Ended))
        {
            Guid token = Guid.NewGuid();
            mine[token] = true;
            if (await register.ClaimAsync(station, token, CancellationToken.None) is not { Claim: { } claim })
            {
                mine.TryRemove(token, out _);
                await Task.Delay(20);
                continue;
            }

            await register.StartedAsync(claim, new(Environment.ProcessId, name), CancellationToken.None);
            await Task.Delay(Random.Shared.Next(20, 250));
            Reported reported = await register.EndAsync(claim, new() { Outcome = JobOutcome.Done, Document = $"\"{token}\"" }, CancellationToken.None);
            mine.TryRemove(token, out _);
            book.Write(Encoding.UTF8.GetBytes($"{claim.Job} {token} {reported}\n"));
        }

        await end.CancelAsync();
        await beating;
    }
}
