// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Service.Managing;

/// <summary>What can't be done with jobs, whoever asks: each code and sentence is here, and nowhere else.</summary>
internal static class Failures
{
    private const string List = "'spindle jobs' lists them; ended ones are forgotten after a while";

    public static OperationFailedException NoJob(string name) => new(new("no-such-job", $"there is no job {name}", List));

    public static Failure AlreadyQueued(long number) => new("already-queued", $"job {number} does the same already", $"'spindle jobs show {number}' tells how far it is");

    public static OperationFailedException Ended(long number) => new(new("job-ended", $"job {number} has ended already", $"'spindle jobs retry {number}' does it once more"));

    public static OperationFailedException NotEnded(long number) => new(new("job-not-ended", $"job {number} has not ended", $"'spindle jobs stop {number}' stops it"));

    public static OperationFailedException NotLost(long number) => new(new("job-not-lost", $"job {number} is not lost", "only a job whose service was not heard of for long is given free by hand"));

    public static OperationFailedException NotQueued(long number) => new(new("job-not-queued", $"job {number} does not wait any more", $"'spindle jobs show {number}' tells how far it is"));

    public static OperationFailedException OddBatch(int most) => new(new("usage", $"the name of a batch has 1 to {most} characters, and no control character", "give it one, such as box12"));

    public static OperationFailedException NoBatch(string name) => new(new("no-such-batch", $"there is no batch {name}", "the page ‘Batches’ lists them; 'spindle jobs --batch NAME' lists the jobs of one"));

    public static OperationFailedException NoQuestion(long number) => new(new("no-such-question", $"job {number} asks nothing, or not any more", $"'spindle jobs show {number}' tells what it needs"));

    public static OperationFailedException OddAnswer(string answer) => new(new("usage", $"{answer} is no answer", "yes or no"));

    public static OperationFailedException OddLimit(int limit) => new(new("usage", $"--limit {limit} is not between 1 and 1000", "50 is usual"));
}
