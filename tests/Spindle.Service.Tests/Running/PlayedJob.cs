// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spindle.Service.Jobs;
using Spindle.Service.Running;
using Spindle.Service.Tests.Jobs;

namespace Spindle.Service.Tests.Running;

/// <summary>A program that does jobs as <c>spindle run</c> does, but what it does is said in the request.</summary>
internal static class PlayedJob
{
    public const string Verb = "play-job";

    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(50);

    /// <summary>How it is started.</summary>
    public static JobProgram Program => new(PlayedStation.Program, [Verb]);

    /// <summary>An order of such a job.</summary>
    /// <param name="play"><c>done</c>, <c>lacking</c>, <c>fail</c>, <c>break</c>, <c>odd</c> end so; <c>until</c> works until there is a file of that name, or it is stopped; <c>deaf</c> the same,
    /// and does not hear that it is to stop; <c>still</c> tells of no progress; <c>ask</c> asks, and is lacking where the answer is no; <c>settled</c> asks what a request says; <c>parent</c> starts another process, names it in the file, and waits for it; <c>told</c> ends with the request as its document.</param>
    /// <param name="file">For <c>until</c> and the like.</param>
    /// <param name="resources">What it needs.</param>
    public static JobOrder Order(string play, string file = "", params string[] resources) => new()
    {
        Id = Guid.CreateVersion7(),
        Verb = "image",
        Title = play,
        Request = new JsonObject { ["play"] = play, ["file"] = file, ["id"] = Guid.NewGuid().ToString() }.ToJsonString(),
        Resources = resources,
    };

    public static async Task<int> RunAsync(string[] words)
    {
        Assert.Equal("run", words[0]);
        JobFolder folder = new(words[3]);
        using JobRun run = JobRun.Begin(folder.Path, TimeProvider.System);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(words[1]));
        JsonElement request = document.RootElement.GetProperty("request");
        string play = request.GetProperty("play").GetString()!, file = request.GetProperty("file").GetString()!;
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(play == "deaf" ? CancellationToken.None : run.Stopped);
        using PosixSignalRegistration asked = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            File.AppendAllText(Path.Combine(folder.Path, "signals"), "x");
            if (play != "deaf")
            {
                stop.Cancel();
            }
        });
        if (play == "parent")
        {
            using Process child = Process.Start("sleep", "60");
            File.WriteAllText($"{file}.part", child.Id.ToString(CultureInfo.InvariantCulture));
            File.Move($"{file}.part", file);
            await child.WaitForExitAsync(CancellationToken.None);
        }

        for (int done = 1; play is "until" or "deaf" or "still" && !File.Exists(file) && !stop.IsCancellationRequested; done++)
        {
            if (play != "still")
            {
                run.Progress.Write(Encoding.UTF8.GetBytes($$"""{"schema":"spindle/progress/1","stage":"copying","done":{{done}},"total":1000000,"unit":"B","secondsLeft":9}""" + "\n"));
            }

            await Task.Delay(Often);
        }

        bool? answer = play is "ask" or "settled" ? await run.Questions.ConfirmAsync(new(play == "ask" ? "carries-parity" : "already-exists", "Restore by that?"), stop.Token) : null;
        if (play == "break")
        {
            Environment.FailFast("played");
        }

        int code = stop.IsCancellationRequested ? 130 : play switch { "lacking" => 2, "fail" => 1, "odd" => 7, _ => answer == false ? 2 : 0 };
        string error = code switch { 1 => """, "error": { "code": "no-medium", "what": "no disc", "hint": "insert one" }""", 130 => """, "error": { "code": "cancelled", "what": "stopped" }""", _ => "" };
        run.Output.Write(Encoding.UTF8.GetBytes(play == "told" ? request.GetRawText() : $$"""{ "schema": "spindle/image/1"{{error}} }"""));
        run.Finish(code);
        return code;
    }
}
