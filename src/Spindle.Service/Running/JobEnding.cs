// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;
using Spindle.Media;
using Spindle.Service.Jobs;

namespace Spindle.Service.Running;

/// <summary>What a job came to, by what its process left behind.</summary>
internal static class JobEnding
{
    private const long LongestKept = 1 << 20; // bytes of a document in the register; a longer one is in its folder alone
    private const long LongestRead = 64 << 20;
    private const int Terminated = 15; // SIGTERM
    private const int NotExecutable = 126, NotFound = 127; // of the shell that starts it
    private const int Done = 0, Failed = 1, Lacking = 2, Usage = 64, Cancelled = 130; // exit codes of verbs

    /// <summary>How it ended.</summary>
    /// <param name="folder">The folder of the attempt.</param>
    /// <param name="exit">What the system told of the process's end; null where that was told to nobody here.</param>
    /// <param name="stop">What it was asked.</param>
    public static JobEnd Of(JobFolder folder, (int Code, int? Signal)? exit, StopRequest stop)
    {
        // One that has just begun does not hear that it is to end: it ends.
        bool isStopped = stop == StopRequest.Hard || (stop == StopRequest.Soft && exit is { Signal: Terminated });
        int? code = folder.Finished() ?? (exit is { Signal: null, Code: Done or Failed or Lacking or Usage or Cancelled } told ? told.Code : null);
        if (exit is { Signal: null, Code: NotExecutable or NotFound } && folder.Announced() is null)
        {
            return new() { Outcome = JobOutcome.Failed, ExitCode = exit.Value.Code, Failure = Failures.NotStarted(folder.ErrorText()) };
        }

        return code switch
        {
            Done => Ended(folder, JobOutcome.Done, Done),
            Lacking => Ended(folder, JobOutcome.Incomplete, Lacking),
            Cancelled => Ended(folder, JobOutcome.Cancelled, Cancelled),
            Failed or Usage => Ended(folder, JobOutcome.Failed, code.Value),
            { } other => new() { Outcome = JobOutcome.Crashed, ExitCode = other, Failure = Failures.Broken(other) },
            null => new()
            {
                Outcome = isStopped ? JobOutcome.Cancelled : JobOutcome.Crashed,
                Signal = exit?.Signal,
                ExitCode = exit is { Signal: null, Code: var broken } ? broken : null,
                Failure = isStopped ? null
                    : exit is not { } known ? Failures.Gone()
                    : known.Signal is { } signal ? Failures.Signalled(signal)
                    : Failures.Broken(known.Code),
            },
        };
    }

    private static JobEnd Ended(JobFolder folder, JobOutcome outcome, int code)
    {
        (string? document, Failure? failure, bool isThere) = Read(folder.Result);
        return new()
        {
            Outcome = outcome,
            ExitCode = code,
            Document = document,
            DocumentPath = isThere ? folder.Result : null,
            Failure = failure ?? (outcome == JobOutcome.Failed ? Failures.NoDocument(code) : null),
        };
    }

    private static (string? Document, Failure? Failure, bool IsThere) Read(string path)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: > 0 and var length })
            {
                return (null, null, false);
            }

            if (length > LongestRead)
            {
                return (null, null, true);
            }

            byte[] bytes = File.ReadAllBytes(path);
            using JsonDocument document = JsonDocument.Parse(bytes);
            return (length <= LongestKept ? Encoding.UTF8.GetString(bytes) : null, FailureOf(document.RootElement), true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return (null, null, File.Exists(path)); // an export is one that is no document
        }
    }

    private static Failure? FailureOf(JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty("error", out JsonElement error) || error.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        string? Text(string key) => error.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return Text("code") is { } code && Text("what") is { } what ? Told(code, what, Text("hint")) : null;
    }

    // As its process told it.
    private static Failure Told(string code, string what, string? hint) => new(code, what, hint);
}
