// SPDX-License-Identifier: MIT
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Contract;
using Spindle.Testing;

namespace Spindle.Cli.Tests.Texts;

/// <summary>What people read of a document, held against a text that was found good: results, and behind a line what went to standard error.</summary>
internal static class ApprovedText
{
    public static void Is<TDocument>(TDocument document, IText<TDocument> text, string name, bool isQuiet = false, bool isVerbose = false)
        where TDocument : Document
    {
        using StringWriter output = new();
        using StringWriter error = new();
        using Terminal terminal = new(() => TextReader.Null) { Output = output, Error = error };
        ReportStyle style = new(isQuiet, isVerbose, NoColor: true, ProgressStyle.None);
        text.Write(document, new(terminal, style));
        Approved.Is($"{output}--- standard error\n{error}", $"tests/Spindle.Cli.Tests/Texts/{name}.txt");
    }
}
