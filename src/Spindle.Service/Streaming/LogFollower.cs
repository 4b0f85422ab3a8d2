// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Service.Jobs;

namespace Spindle.Service.Streaming;

/// <summary>Tells one who watches what the process of a job writes, as it writes it.</summary>
/// <param name="find">A job by its number or its id.</param>
/// <param name="read">Reads on in the log of an attempt at a job: bytes in whole lines, and where to go on.</param>
internal sealed class LogFollower(Func<string, CancellationToken, Task<Job>> find, Func<Job, long, CancellationToken, Task<(byte[] Bytes, long Next)>> read)
{
    private const int LongestLine = 64 << 10; // bytes
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    /// <summary>A job by its number or its id.</summary>
    /// <exception cref="Media.OperationFailedException"><c>no-such-job</c>.</exception>
    public Task<Job> FindAsync(string name, CancellationToken cancellationToken) => find(name, cancellationToken);

    /// <summary>Goes on until the job has ended and all is told. Each attempt is told from its begin.</summary>
    public async Task FollowAsync(Job job, Watcher watcher, CancellationToken cancellationToken)
    {
        string name = job.Order.Id.ToString();
        for (long from = 0; ;)
        {
            (byte[] bytes, long next) = watcher.IsBehind ? ([], from) : await read(job, from, cancellationToken);
            bool isWhole = bytes is [.., (byte)'\n'] || bytes.Length >= LongestLine || job.State == JobState.Ended; // else the rest of the line comes
            if (bytes.Length > 0 && isWhole)
            {
                EventText text = new();
                text.Add("job-log", null, new(job.Order.Id, job.Number, job.Attempt, next - bytes.Length, Encoding.UTF8.GetString(bytes)), EventText.Form.LogPart);
                watcher.Tell(text.ToArray(), isProgress: false);
                from = next;
                continue;
            }

            Job now = await find(name, cancellationToken);
            if (now.Attempt != job.Attempt)
            {
                from = 0;
            }
            else if (now.State == JobState.Ended && job.State == JobState.Ended && !watcher.IsBehind)
            {
                return; // it had ended before the last look
            }

            job = now;
            await Task.Delay(Between, cancellationToken);
        }
    }
}
