// SPDX-License-Identifier: MIT
namespace Spindle.Station.Contract;

/// <summary>A yes or no that some work needs of a person.</summary>
/// <param name="Code">Stable name for programs that answer, such as <c>already-exists</c>; where no answer means failure, the failure's code.</param>
/// <param name="Text">The question in plain English, with its question mark.</param>
public sealed record Question(string Code, string Text);

/// <summary>Who answers questions: the person at a terminal, the owner of a job, a rule.</summary>
public interface IAnswers
{
    /// <summary>Asks. Where nobody can be asked, the answer is the careful one: no.</summary>
    /// <exception cref="OperationCanceledException">The work was stopped while it waited.</exception>
    Task<bool> ConfirmAsync(Question question, CancellationToken cancellationToken);

    /// <summary>Says what is to be done by hand now; the work notices by itself when it is done.</summary>
    /// <param name="what">In plain English, such as <c>Insert the next disc</c>.</param>
    void Tell(string what);
}

/// <summary>Nobody is there: every answer is the same.</summary>
/// <param name="answer">It.</param>
public sealed class SameAnswer(bool answer) : IAnswers
{
    /// <inheritdoc/>
    public Task<bool> ConfirmAsync(Question question, CancellationToken cancellationToken) => Task.FromResult(answer);

    /// <inheritdoc/>
    public void Tell(string what)
    {
        // Nobody is there.
    }
}
