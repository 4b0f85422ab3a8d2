// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Service.Running;

namespace Spindle.Service.Api;

/// <summary>What the processes of jobs wrote beside their documents.</summary>
/// <param name="station">The folder of the station.</param>
internal sealed class JobLogs(string station)
{
    /// <summary>The most that is read at a time, in bytes.</summary>
    public const int Most = 1 << 20;

    private const int Tail = 64 << 10; // bytes in which the last lines are looked for

    /// <summary>The last lines of the progress of a job's last attempt, and of what it said when it broke.</summary>
    /// <param name="job">The job.</param>
    /// <param name="most">How many lines.</param>
    public IReadOnlyList<string> LastLines(Guid job, int most)
    {
        string folder = JobFolder.OfJob(station, job);
        int last = Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Select(path => int.TryParse(Path.GetFileName(path), out int attempt) ? attempt : 0).DefaultIfEmpty().Max() : 0;
        if (last == 0)
        {
            return [];
        }

        JobFolder attempt = JobFolder.Of(station, job, last);
        string errors = attempt.ErrorText();
        return [.. LinesOf(attempt.Progress).Concat(errors.Length == 0 ? [] : errors.Split('\n')).TakeLast(most)];
    }

    /// <summary>Reads on in a file of an attempt.</summary>
    /// <param name="job">The job.</param>
    /// <param name="attempt">From 1.</param>
    /// <param name="isErrors">What it said when it broke, and not its progress.</param>
    /// <param name="from">The first byte that is wanted. Where the file is shorter, it was begun anew, and is read from its begin.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The bytes, and where to go on; whole lines as long as there are some.</returns>
    public async Task<(byte[] Bytes, long Next)> ReadAsync(Guid job, int attempt, bool isErrors, long from, CancellationToken cancellationToken)
    {
        JobFolder folder = JobFolder.Of(station, job, attempt);
        try
        {
            await using FileStream file = new(isErrors ? folder.Errors : folder.Progress, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            long begin = from > file.Length ? 0 : from;
            file.Position = begin;
            byte[] bytes = new byte[Math.Min(Most, file.Length - begin)];
            int read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            int whole = bytes.AsSpan(0, read).LastIndexOf((byte)'\n') + 1; // the last line may be half written
            int told = whole == 0 ? read : whole;
            return (bytes[..told], begin + told);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ([], 0); // nothing was written yet, or it was forgotten
        }
    }

    private static IEnumerable<string> LinesOf(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Position = Math.Max(0, file.Length - Tail);
            bool isCut = file.Position > 0;
            using StreamReader reader = new(file, Encoding.UTF8);
            string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return isCut ? lines.Skip(1) : lines;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
