// SPDX-License-Identifier: MIT
using System.Text;
using Spectre.Console;

namespace Spindle.Cli.Terminals;

/// <summary>Where text goes and comes from: the process's own streams, or those of a test.</summary>
internal sealed class Terminal : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private const int OutputBuffer = 32 * 1024; // characters
    private const int UsualWidth = 80; // columns

    private readonly Lazy<TextReader> _input;
    private LiveLines? _live;

    /// <param name="input">Opens where answers to questions come from; null where there is nothing.</param>
    public Terminal(Func<TextReader>? input = null) => _input = new(input ?? (() => TextReader.Null));

    /// <summary>Results.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Results that are bytes, and no text.</summary>
    public Stream OpenOutput()
    {
        Output.Flush();
        return Output is ResultWriter { BaseStream: var bytes } ? bytes : new TextWriterStream(Output);
    }

    /// <summary>Progress, and what went wrong.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Answers to questions.</summary>
    public TextReader Input => _input.Value;

    /// <summary>Whether somebody is there to answer questions.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Whether progress is read by a person.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether results are read by a person.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether the environment asks for no colours (no-color.org).</summary>
    public bool NoColor { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public Func<int> Width { get; init; } = () => UsualWidth;

    /// <summary>Moves the progress that is drawn.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How far the work is, on standard error.</summary>
    public LiveLines Live => _live ??= MakeLive();

    /// <summary>The streams of this process.</summary>
#pragma warning disable RS0030 // The one place where the process's console is taken; everyone else gets it from here.
    public static Terminal OfThisProcess()
    {
        StandardStreams.Claim();
        return new(StandardStreams.Input)
        {
            // Not the console's own writers: those flush after every call, which a listing of a million files would feel.
            Output = new ResultWriter(StandardStreams.Output, OutputBuffer) { AutoFlush = !Console.IsOutputRedirected },
            Error = new StreamWriter(new SilentStream(StandardStreams.Error), Utf8) { AutoFlush = true },
            IsInteractive = !Console.IsInputRedirected && !Console.IsErrorRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            OutputIsTerminal = !Console.IsOutputRedirected,
            NoColor = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            Width = WindowWidth,
        };
    }

    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and int width ? width : UsualWidth;
        }
        catch (Exception e) when (e is IOException or PlatformNotSupportedException)
        {
            return UsualWidth;
        }
    }
#pragma warning restore RS0030

    /// <summary>A writer of coloured text to the results, or to the errors.</summary>
    public StyledText Styled(TextWriter writer, bool noColor)
    {
        Live.HasColour = ConsoleOf(Error, ErrorIsTerminal, noColor).Profile.Capabilities.ColorSystem != Spectre.Console.ColorSystem.NoColors;
        return new(ConsoleOf(writer, writer == Output ? OutputIsTerminal : ErrorIsTerminal, noColor), Live);
    }

    public void Dispose()
    {
        _live?.Dispose();
        (Output as ResultWriter)?.Complete();
    }

    private LiveLines MakeLive() => new(Error, new(ErrorIsTerminal && ConsoleOf(Error, ErrorIsTerminal, noColor: true).Profile.Capabilities.Ansi, Width), Time);

    private IAnsiConsole ConsoleOf(TextWriter writer, bool isTerminal, bool noColor) => AnsiConsole.Create(new()
    {
        Out = new PlainWidthOutput(writer, isTerminal),
        Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = isTerminal && !noColor && !NoColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
    });

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
