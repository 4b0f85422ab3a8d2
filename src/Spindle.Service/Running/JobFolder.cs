// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spindle.Files;
using Spindle.Files.Locks;

namespace Spindle.Service.Running;

/// <summary>The folder of one attempt at a job, in the folder of the station: what its process was given, and all that came of it. It outlives both.</summary>
/// <param name="path">The folder.</param>
public sealed class JobFolder(string path)
{
    private const string Jobs = "jobs";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The folder.</summary>
    public string Path => path;

    /// <summary>What is to be done (docs/formats/requests.md).</summary>
    public string Request => In("request.json");

    /// <summary>The verb's document: what its process wrote on standard output.</summary>
    public string Result => In("result.json");

    /// <summary>Its progress, a line for each (docs/formats/progress.md); the newest lines alone where there were many.</summary>
    public string Progress => In("progress.jsonl");

    /// <summary>What its process said beside that: nothing, unless it broke.</summary>
    public string Errors => In("errors.txt");

    /// <summary>There once it was asked to end in order.</summary>
    public string Stop => In("stop");

    /// <summary>There as long as it asks something.</summary>
    internal string Question => In("question.json");

    private string Answer => In("answer.json");

    /// <summary>Its exit code, which is written last: where it is missing and the process is gone, it crashed.</summary>
    private string End => In("end");

    /// <summary>Its process, as that says itself.</summary>
    private string Process => In("process");

    private string Lock => In("lock");

    /// <summary>Where all attempts at a job are.</summary>
    /// <param name="station">The folder of the station.</param>
    /// <param name="job">The job.</param>
    public static string OfJob(string station, Guid job) => System.IO.Path.Combine(station, Jobs, job.ToString());

    /// <summary>That of one attempt. It need not be there.</summary>
    /// <param name="station">The folder of the station.</param>
    /// <param name="job">The job.</param>
    /// <param name="attempt">From 1.</param>
    public static JobFolder Of(string station, Guid job, int attempt) =>
        new(System.IO.Path.Combine(OfJob(station, job), attempt.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Tries whether folders of jobs can be made, and written.</summary>
    /// <exception cref="IOException">There is no room, or the like.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public static void Probe(string station)
    {
        string folder = Make(System.IO.Path.Combine(station, Jobs));
        string probe = System.IO.Path.Combine(folder, ".probe");
        try
        {
            File.WriteAllBytes(probe, new byte[64 << 10]); // what a job needs to begin with
        }
        finally
        {
            File.Delete(probe);
        }
    }

    /// <summary>Makes it, for this user alone, with what is to be done.</summary>
    /// <exception cref="IOException">There is no room, or the like.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public void Create(byte[] request)
    {
        Make(path);
        File.WriteAllBytes(Request, request);
    }

    /// <summary>Takes it for the process that does the job: for as long as that lives.</summary>
    /// <returns>Null where another process has it.</returns>
    internal FileLock? TryTake() => FileLock.TryTake(Lock);

    /// <summary>Whether a process has it.</summary>
    internal bool IsTaken => FileLock.IsTaken(Lock);

    /// <summary>Says which process it is.</summary>
    internal void Announce(ProcessName process) => WriteWhole(Process, process.ToString());

    /// <summary>The process that does it, or did; null where it did not come so far.</summary>
    internal ProcessName? Announced() => ReadLine(Process) is { } line ? ProcessName.Parse(line) : null;

    /// <summary>What it asks; null where that is nothing.</summary>
    internal AskedFile? Asked() => Read(Question, QuestionJson.Default.AskedFile);

    /// <summary>Answers.</summary>
    internal void Reply(AnsweredFile answer) => WholeFile.Write(Answer, stream => JsonSerializer.Serialize(stream, answer, QuestionJson.Default.AnsweredFile));

    /// <summary>The last answer; null where there is none.</summary>
    internal AnsweredFile? Answered() => Read(Answer, QuestionJson.Default.AnsweredFile);

    /// <summary>Says how it ended.</summary>
    internal void Finish(int code) => WriteWhole(End, code.ToString(CultureInfo.InvariantCulture));

    /// <summary>How it ended; null where that was not written.</summary>
    internal int? Finished() => ReadLine(End) is { } line && int.TryParse(line, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int code) ? code : null;

    /// <summary>What its process said last before it broke; empty where it said nothing.</summary>
    public string ErrorText()
    {
        const int Most = 4000; // characters: the end of a stack
        return ReadLine(Errors) is { } text ? text[Math.Max(0, text.Length - Most)..] : "";
    }

    private static string Make(string folder) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(folder).FullName // below the user's own folder, nobody else may look in
        : Directory.CreateDirectory(folder, OwnerOnly).FullName;

    private static void WriteWhole(string file, string line) => WholeFile.Write(file, stream => stream.Write(Encoding.ASCII.GetBytes(line + "\n")));

    private static string? ReadLine(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static T? Read<T>(string file, JsonTypeInfo<T> form)
        where T : class
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), form) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private string In(string name) => System.IO.Path.Combine(path, name);
}
