// SPDX-License-Identifier: MIT
using System.Text;
using Spectre.Console;

namespace Spindle.Cli;

/// <summary>Where text goes and comes from: the process's own streams, or those of a test.</summary>
internal sealed class Terminal : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private const int OutputBuffer = 32 * 1024; // characters

    /// <summary>Results.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Progress, and what went wrong.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Answers to questions.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>Whether somebody is there to answer questions.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Whether progress can be drawn over what was there.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether results are read by a person.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether the environment asks for no colours (no-color.org).</summary>
    public bool NoColor { get; init; }

#pragma warning disable RS0030 // The one place where the process's console is taken; everyone else gets it from here.
    public static Terminal OfThisProcess() => new()
    {
        // Not the console's own writers: those flush after every call, which a listing of a million files would feel.
        Output = new StreamWriter(Console.OpenStandardOutput(), Utf8, OutputBuffer) { AutoFlush = !Console.IsOutputRedirected },
        Error = new StreamWriter(Console.OpenStandardError(), Utf8) { AutoFlush = true },
        Input = Console.In,
        IsInteractive = !Console.IsInputRedirected && !Console.IsErrorRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        OutputIsTerminal = !Console.IsOutputRedirected,
        NoColor = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
    };
#pragma warning restore RS0030

    /// <summary>A writer of coloured text to the results, or to the errors.</summary>
    public IAnsiConsole Styled(TextWriter writer, bool noColor)
    {
        bool isTerminal = writer == Output ? OutputIsTerminal : ErrorIsTerminal;
        return AnsiConsole.Create(new()
        {
            Out = new PlainWidthOutput(writer, isTerminal),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal && !noColor && !NoColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
    }

    public void Dispose()
    {
        try
        {
            Output.Flush();
        }
        catch (IOException)
        {
            // Whoever read the results, such as head, has seen enough.
        }
    }

    /// <summary>Lines are as long as they are: hashes and paths are not to be wrapped.</summary>
    private sealed class PlainWidthOutput(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => short.MaxValue;

        public int Height => 24;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
