// SPDX-License-Identifier: MIT
using Spectre.Console;
using Spindle.Cli.Terminals;
using Spindle.Media;

namespace Spindle.Cli.Tests.Terminals;

public sealed class ResultWriterTests
{
    private const int NoSpace = 28; // ENOSPC

    [Fact]
    public void What_cannot_be_written_is_told_at_the_end_at_the_latest()
    {
        using ResultWriter writer = new(new FailingStream(new IOException("No space left on device", NoSpace)), bufferSize: 1024);

        writer.Write("short enough for the buffer");

        Assert.Equal("output-failed", writer.Complete()?.Code);
        Assert.Contains("No space left on device", writer.Complete()!.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_listing_ends_where_nothing_can_be_written()
    {
        using ResultWriter writer = new(new FailingStream(new UnauthorizedAccessException("denied")), bufferSize: 128);

        Assert.Throws<OperationFailedException>(() => writer.Write(new string('x', 5000)));
        Assert.Equal("output-failed", writer.Complete()?.Code);
    }

    [Fact]
    public void A_reader_that_has_seen_enough_is_no_failure()
    {
        using ResultWriter writer = new(new FailingStream(new IOException("Broken pipe", ResultWriter.UnixBrokenPipe)), bufferSize: 128);

        IOException error = Assert.Throws<IOException>(() => writer.Write(new string('x', 5000)));

        Assert.True(ResultWriter.IsNoReader(error));
        Assert.Null(writer.Complete());
    }

    [Fact]
    public void A_line_of_a_report_never_ends_the_work()
    {
        using ResultWriter writer = new(new FailingStream(new IOException("No space left on device", NoSpace)), bufferSize: 1) { AutoFlush = true };
        using Terminal terminal = new() { Output = writer, Error = TextWriter.Null };

        terminal.Styled(writer, noColor: true).MarkupLine("[green]done[/]");

        Assert.Equal("output-failed", writer.Complete()?.Code);
    }

    [Fact]
    public void Standard_error_that_fails_is_written_to_no_more_than_it_can_be()
    {
        using StreamWriter error = new(new SilentStream(new FailingStream(new IOException("No space left on device", NoSpace)))) { AutoFlush = true };

        error.WriteLine("progress");
    }

    [Fact]
    public void Lines_lose_the_control_characters_of_names()
    {
        using StringWriter output = new();
        using Terminal terminal = new() { Output = output, Error = TextWriter.Null };
        const string name = "[red]a\x1b]0;x\x07\u009b31m\r\nb\x7f";

        terminal.Styled(output, noColor: true).MarkupLineInterpolated($"[yellow]{name}[/] {3:D2}");
        terminal.Styled(output, noColor: true).MarkupLine($"{Markup.Escape(name)}");

        Assert.Equal("[red]a\\x1b]0;x\\x07\\x9b31m\\x0d\\x0ab\\x7f 03\n[red]a\\x1b]0;x\\x07\\x9b31m\\x0d\\x0ab\\x7f\n", output.ToString().ReplaceLineEndings("\n"));
    }

    private sealed class FailingStream(Exception error) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => 0;

        public override long Position { get; set; }

        public override void Write(byte[] buffer, int offset, int count) => throw error;

        public override void Write(ReadOnlySpan<byte> buffer) => throw error;

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => 0;

        public override long Seek(long offset, SeekOrigin origin) => 0;

        public override void SetLength(long value)
        {
        }
    }
}
