// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization;
using Spindle.Files;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Service.Running;

/// <summary>What a job asks people: by a file in its folder, which the service finds, whoever that is by then. The answer comes back by another one.</summary>
/// <param name="folder">The folder of the attempt.</param>
/// <param name="time">The clock.</param>
public sealed class JobQuestions(JobFolder folder, TimeProvider time) : IAnswers
{
    /// <summary>Another disc is needed.</summary>
    public const string DiscWanted = "disc-wanted";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    // What a request says beforehand: nobody is to find in the morning that a job has stood all night for want of that.
    private static readonly string[] Settled = ["already-exists", "unfinished-copy"];

    /// <inheritdoc/>
    public Task<bool> ConfirmAsync(Question question, CancellationToken cancellationToken) =>
        Settled.Contains(question.Code) ? Task.FromResult(false) : AskAsync(question, cancellationToken);

    /// <inheritdoc/>
    public void Tell(string what)
    {
        // The work notices by itself; only 'image --loop' says so, which is no job.
    }

    private async Task<bool> AskAsync(Question question, CancellationToken cancellationToken)
    {
        AskedFile asked = new(Guid.NewGuid(), question.Code, question.Text);
        try
        {
            WholeFile.Write(folder.Question, stream => JsonSerializer.Serialize(stream, asked, QuestionJson.Default.AskedFile));
        }
        catch (OperationFailedException)
        {
            return false; // on a full disk nobody can be asked
        }

        try
        {
            while (true)
            {
                if (folder.Answered() is { } answer && answer.Id == asked.Id)
                {
                    return answer.IsYes;
                }

                await Task.Delay(BetweenLooks, time, cancellationToken);
            }
        }
        finally
        {
            File.Delete(folder.Question);
        }
    }
}

/// <summary>A question, as it lies in the folder of a job.</summary>
internal sealed record AskedFile(Guid Id, string Code, string Text);

/// <summary>An answer to it.</summary>
internal sealed record AnsweredFile(Guid Id, bool IsYes);

[JsonSerializable(typeof(AskedFile))]
[JsonSerializable(typeof(AnsweredFile))]
internal sealed partial class QuestionJson : JsonSerializerContext;
