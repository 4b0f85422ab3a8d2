// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Reports;
using Spindle.Cli.Terminals;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Cli.Commands;

/// <summary><c>image --loop</c>: one disc after the other, until nobody inserts one any more.</summary>
/// <param name="context">Where to say that a disc is waited for.</param>
/// <param name="report">Told of each disc.</param>
/// <param name="arguments">The command line.</param>
internal sealed class DiscLoop(CommandContext context, IReport report, ParseResult arguments)
{
    /// <summary>What the drive says while it has no disc, or is still looking at it: the wait goes on.</summary>
    private static readonly string[] NotYet = ["no-medium", "not-ready", "tray-open"];

    /// <summary>After these the next disc may well do.</summary>
    private static readonly string[] OfOneDisc = ["disc-changed", "cannot-unmount", "smaller-than-file-system", "unfinished-copy", "no-map", "name-too-long", "map-too-long"];

    private ExitCode _worst = ExitCode.Done;

    /// <summary>Images discs until Ctrl-C.</summary>
    /// <param name="tray">The drive's tray.</param>
    /// <param name="imageAsync">Images the disc that is in, and tells of it.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    /// <returns>What the worst of them ended with.</returns>
    public async Task<ExitCode> RunAsync(DriveTray tray, Func<Task<ExitCode>> imageAsync, CancellationToken cancellationToken)
    {
        report.BeginDiscs();
        try
        {
            for (bool isFirst = true; ; isFirst = false)
            {
                if (!isFirst || !tray.HasDisc)
                {
                    Say("Insert the next disc; Ctrl-C ends.");
                }

                await tray.WaitForDiscAsync(cancellationToken);
                if (await TryWhenReadyAsync(tray, imageAsync, cancellationToken) is { } end)
                {
                    return end;
                }

                await tray.WaitForRemovalAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Nothing was being read: this is how it is meant to end.
            return _worst;
        }
        catch (OperationFailedException e) when (e.Failure.Code != "output-failed")
        {
            report.Failed(e.Failure);
            return ExitCode.Failed;
        }
        finally
        {
            report.EndDiscs();
        }
    }

    /// <summary>A drive may call itself ready, and then look at the disc once more.</summary>
    private async Task<ExitCode?> TryWhenReadyAsync(DriveTray tray, Func<Task<ExitCode>> imageAsync, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await TryOneAsync(tray, imageAsync);
            }
            catch (OperationFailedException e) when (NotYet.Contains(e.Failure.Code))
            {
                await tray.WaitForDiscAsync(cancellationToken);
                await Task.Delay(TimeSpan.FromSeconds(1), context.Time, cancellationToken);
            }
        }
    }

    /// <returns>What the program ends with; null where the next disc is waited for.</returns>
    private async Task<ExitCode?> TryOneAsync(DriveTray tray, Func<Task<ExitCode>> imageAsync)
    {
        try
        {
            Note(await imageAsync());
        }
        catch (OperationCanceledException)
        {
            report.Failed(Stopped.Of("image"));
            return ExitCode.Cancelled;
        }
        catch (OperationFailedException e) when (e.Failure.Code != "output-failed" && !NotYet.Contains(e.Failure.Code))
        {
            report.Failed(e.Failure);
            if (!DriveTray.IsRefusal(e.Failure) && !OfOneDisc.Contains(e.Failure.Code))
            {
                return e.Failure.Code == "cancelled" ? ExitCode.Cancelled : ExitCode.Failed;
            }

            Note(ExitCode.Failed);
        }

        Eject(tray);
        return null;
    }

    /// <summary>A disc that was imaged is out already; one that was refused is not.</summary>
    private void Eject(DriveTray tray)
    {
        try
        {
            tray.Eject();
        }
        catch (OperationFailedException e)
        {
            // Told, and waited for: somebody has to press the button.
            Say($"{e.Failure.What}: {e.Failure.Hint}");
        }
    }

    private void Note(ExitCode code) =>
        _worst = code == ExitCode.Failed || _worst == ExitCode.Done ? code : _worst;

    private void Say(string text)
    {
        ReportStyle style = GlobalOptions.StyleOf(arguments);
        if (!style.IsQuiet && style.Progress != ProgressStyle.Json)
        {
            context.Terminal.Live.End();
            context.Terminal.Live.Interject(text);
        }
    }
}
