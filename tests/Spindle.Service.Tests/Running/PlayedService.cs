// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Spindle.Service.Jobs;
using Spindle.Service.Running;
using Spindle.Service.Tests.Jobs;

namespace Spindle.Service.Tests.Running;

/// <summary>A service in a process of its own, which may be killed.</summary>
internal static class PlayedService
{
    public const string Verb = "play-service";

    /// <summary>Starts one that runs the jobs of a folder until it is killed.</summary>
    public static Process Start(string folder) => Process.Start(new ProcessStartInfo(PlayedStation.Program, [Verb, folder]) { UseShellExecute = false })!;

    public static async Task<int> RunAsync(string[] words)
    {
        await using IRegister register = JobsFile.Open(JobsFile.In(words[0]));
        using Supervisor supervisor = await Supervisor.OpenAsync(register, new() { Folder = words[0], Program = PlayedJob.Program }, CancellationToken.None);
        await supervisor.RunAsync(CancellationToken.None);
        return 0;
    }
}
