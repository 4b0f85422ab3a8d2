// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization.Metadata;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Cli.Commands;

/// <summary>Where a command tells of itself: as text, or as exactly one JSON document. That is decided once, here.</summary>
/// <param name="command">Its name.</param>
/// <param name="terminal">Where to.</param>
/// <param name="isJson">Whether programs are told, and not people.</param>
/// <param name="style">How people are told.</param>
internal sealed class VerbOutput(string command, Terminal terminal, bool isJson, ReportStyle style)
{
    /// <summary>Gets how far the work is; it may be told as often as it changes.</summary>
    public IProgress<WorkProgress> Progress { get; } = new ProgressReport(terminal, style.Progress);

    /// <summary>Tells of what came of it.</summary>
    /// <returns>What the shell is told: known when all is told.</returns>
    public ExitCode Tell<TDocument>(TDocument document, JsonTypeInfo<TDocument> form, IText<TDocument>? text)
        where TDocument : Document
    {
        if (!isJson)
        {
            TextLines lines = new(terminal, style);
            text?.Write(document, lines);
            if (document.Error is { } error)
            {
                lines.Failed(error);
            }
        }
        else if (document.IsTold)
        {
            JsonText<TDocument>.Write(document, form, terminal.Output);
        }

        return document.Outcome switch
        {
            Outcome.Done => ExitCode.Done,
            Outcome.Lacking => ExitCode.DoneWithLosses,
            Outcome.Cancelled => ExitCode.Cancelled,
            _ => ExitCode.Failed,
        };
    }

    /// <summary>Tells why it could not be done.</summary>
    public ExitCode Fail(Failure failure)
    {
        if (isJson)
        {
            JsonText<FailedDocument>.Write(new(command, failure), FailedDocument.Form, terminal.Output);
        }
        else
        {
            new TextLines(terminal, style).Failed(failure);
        }

        return failure.Code switch
        {
            "cancelled" => ExitCode.Cancelled,
            "usage" => ExitCode.Usage,
            _ => ExitCode.Failed,
        };
    }
}
