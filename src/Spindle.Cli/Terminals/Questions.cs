// SPDX-License-Identifier: MIT
using Spindle.Imaging;
using Spindle.Imaging.Contents;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Cli.Terminals;

/// <summary>Asks the person at the terminal. Where there is none, nothing is asked, and the careful answer is taken.</summary>
/// <param name="terminal">The terminal.</param>
/// <param name="answersYes">Whether every yes or no is a yes.</param>
/// <param name="interrupted">Ends a question that nobody answers: Ctrl-C does not end the reading of a line.</param>
internal sealed class Questions(Terminal terminal, bool answersYes, CancellationToken interrupted) : IAnswers
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

    /// <summary>Makes an image; where something is in the way that the user may let go, asks and goes on.</summary>
    public async Task<ImagingResult> RetryWhenAllowedAsync(ImagingRequest request, Func<ImagingRequest, Task<ImagingResult>> run)
    {
        try
        {
            return await run(request);
        }
        catch (OperationFailedException e) when (e.Failure.Code is "already-exists" or "unfinished-copy")
        {
            // Asked here and not in the filter, which would swallow a Ctrl-C.
            bool replaces = e.Failure.Code == "already-exists";
            if (!Confirm(replaces ? $"{e.Failure.What}. Replace it?" : $"{e.Failure.What}. Go on with it?"))
            {
                throw;
            }

            return await run(replaces ? request with { Overwrite = true } : request with { Resume = true });
        }
    }

    /// <inheritdoc/>
    public Task<bool> ConfirmAsync(Question question, CancellationToken cancellationToken) => Task.FromResult(Confirm(question.Text));

    /// <summary>Asks for a yes.</summary>
    public bool Confirm(string question)
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
