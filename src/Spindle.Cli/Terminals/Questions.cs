// SPDX-License-Identifier: MIT
using Spindle.Imaging.Contents;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Cli.Terminals;

/// <summary>Asks the person at the terminal. Where there is none, nothing is asked, and the careful answer is taken.</summary>
/// <param name="terminal">The terminal.</param>
/// <param name="answersYes">Whether every yes or no is a yes.</param>
/// <param name="style">How much is told.</param>
/// <param name="interrupted">Ends a question that nobody answers: Ctrl-C does not end the reading of a line.</param>
internal sealed class Questions(Terminal terminal, bool answersYes, ReportStyle style, CancellationToken interrupted) : IAnswers
{
    public Terminal Terminal => terminal;

    /// <summary>Whether somebody is there to be asked.</summary>
    public bool CanAsk => terminal.IsInteractive;

    /// <summary>Asks for a text; an empty answer takes the default.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="preset">The default; null where there is none.</param>
    /// <param name="accept">Throws where an answer will not do: that is said, and it is asked again.</param>
    /// <exception cref="OperationCanceledException">Nobody answers any more.</exception>
    public string Ask(string question, string? preset = null, Action<string>? accept = null)
    {
        while (true)
        {
            Say(string.IsNullOrEmpty(preset) ? $"{question}: " : $"{question} [{preset}]: ");
            string answer = ReadLine()?.Trim() ?? throw new OperationCanceledException();
            string given = answer.Length > 0 ? answer : preset ?? "";
            if ((given.Length > 0 || preset is not null) && IsAccepted(given, accept))
            {
                return given;
            }
        }
    }

    /// <inheritdoc/>
    public Task<bool> ConfirmAsync(Question question, CancellationToken cancellationToken) => Task.FromResult(Confirm(question.Text));

    /// <inheritdoc/>
    public void Tell(string what)
    {
        if (!style.IsQuiet && style.Progress != ProgressStyle.Json)
        {
            terminal.Live.End();
            terminal.Live.Interject(what);
        }
    }

    private bool Confirm(string question)
    {
        if (answersYes || !terminal.IsInteractive)
        {
            return answersYes;
        }

        Say($"{question} [y/N] ");
        return ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    private bool IsAccepted(string answer, Action<string>? accept)
    {
        try
        {
            accept?.Invoke(answer);
            return true;
        }
        catch (OperationFailedException e)
        {
            Say($"{e.Failure.What}{(e.Failure.Hint is null ? "" : $": {e.Failure.Hint}")}");
            terminal.Error.WriteLine();
            return false;
        }
    }

    private void Say(string text)
    {
        terminal.Live.End();
        terminal.Error.Write(EntryText.Printable(text));
    }

    private string? ReadLine() => Task.Run(terminal.Input.ReadLine).WaitAsync(interrupted).GetAwaiter().GetResult();
}
