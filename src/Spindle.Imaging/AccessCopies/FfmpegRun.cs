// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Spindle.Imaging.AccessCopies;

/// <summary>One run of a program of ffmpeg: what it is fed, what it says, how far it is, how it ended.</summary>
internal sealed record FfmpegRun
{
    private const int MostKept = 1 << 20; // of its output, and of its log
    private const int MostLog = 16 << 20;

    /// <summary>The program, as a path.</summary>
    public required string Program { get; init; }

    /// <summary>Its words.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Writes what it reads, on a thread of its own, and stops where it does not read on; null where it reads nothing.</summary>
    public Action<Stream>? Feed { get; init; }

    /// <summary>Takes what it says beside; null where that is not kept.</summary>
    public Stream? Log { get; init; }

    /// <summary>Told how far it is, where it was asked to say so on its standard output (<c>-progress pipe:1</c>).</summary>
    public Action<FfmpegProgress>? Progress { get; init; }

    /// <summary>Runs it to its end; where it is stopped, it is ended at once.</summary>
    public async Task<FfmpegEnd> RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using Process process = new()
        {
            StartInfo = new(Program, Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new(-1, e.Message, "", default);
        }

        using CancellationTokenRegistration stop = cancellationToken.Register(() => Kill(process));
        Task<Exception?> feeding = Task.Factory.StartNew(() => Write(process), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Task<string> saying = ListenAsync(process);
        (string output, FfmpegProgress last) = await FollowAsync(process.StandardOutput);
        string said = await saying;
        await process.WaitForExitAsync(CancellationToken.None);
        Exception? fed = await feeding;
        cancellationToken.ThrowIfCancellationRequested();
        return fed is null ? new(process.ExitCode, said, output, last) : throw fed;
    }

    /// <summary>Feeds it. What fails on our side ends it; where it hangs up, its end tells why.</summary>
    private Exception? Write(Process process)
    {
        try
        {
            using Stream input = process.StandardInput.BaseStream;
            Feed?.Invoke(new Pipe(input));
            return null;
        }
        catch (HungUpException)
        {
            return null;
        }
        catch (IOException)
        {
            return null; // it had hung up when the last bytes were flushed
        }
        catch (Exception e)
        {
            Kill(process);
            return e;
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    /// <summary>Keeps what it says. Where that can't be kept, it is ended, and listened to until then: it would wait for ever for who does not listen.</summary>
    private async Task<string> ListenAsync(Process process)
    {
        Stream errors = process.StandardError.BaseStream;
        Exception? failed = null;
        byte[] piece = new byte[16 << 10];
        StringBuilder said = new();
        long logged = 0;
        for (int read; (read = await errors.ReadAsync(piece)) > 0;)
        {
            string text = Encoding.UTF8.GetString(piece, 0, read);
            said.Append(text);
            if (said.Length > MostKept)
            {
                said.Remove(0, said.Length - MostKept); // how it ended is said last
            }

            if (Log is not null && logged < MostLog && failed is null)
            {
                try
                {
                    await Log.WriteAsync(piece.AsMemory(0, read));
                    logged += read;
                }
                catch (Exception e)
                {
                    failed = e;
                    Kill(process);
                }
            }
        }

        return failed is null ? said.ToString() : throw failed;
    }

    private async Task<(string Output, FfmpegProgress Last)> FollowAsync(StreamReader output)
    {
        StringBuilder all = new();
        FfmpegProgress at = default, last = default;
        while (await output.ReadLineAsync() is { } line)
        {
            if (Progress is null)
            {
                _ = all.Length < MostKept ? all.AppendLine(line) : all;
                continue;
            }

            string[] pair = line.Split('=', 2);
            string value = pair.Length == 2 ? pair[1].Trim() : "";
            switch (pair[0])
            {
                case "frame" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long frames):
                    at = at with { Frames = frames };
                    break;
                case "out_time_us" when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long microseconds):
                    at = at with { Time = TimeSpan.FromMicroseconds(microseconds) };
                    break;
                case "speed" when double.TryParse(value.TrimEnd('x'), NumberStyles.Float, CultureInfo.InvariantCulture, out double speed):
                    at = at with { Speed = speed };
                    break;
                case "progress":
                    last = at;
                    Progress(last);
                    break;
            }
        }

        return (all.ToString(), last);
    }

    /// <summary>Tells an end of the reader from what fails on our side.</summary>
    private sealed class Pipe(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            try
            {
                inner.Write(buffer);
            }
            catch (IOException e)
            {
                throw new HungUpException(e);
            }
        }
    }

    private sealed class HungUpException(IOException cause) : Exception(cause.Message, cause);
}

/// <summary>How far ffmpeg is.</summary>
/// <param name="Frames">Pictures that it has written.</param>
/// <param name="Time">Of what it has written.</param>
/// <param name="Speed">Seconds of film in a second; 0 where it does not say.</param>
internal readonly record struct FfmpegProgress(long Frames, TimeSpan Time, double Speed);

/// <summary>How a program of ffmpeg ended.</summary>
/// <param name="ExitCode">0 where it did what it was told; -1 where it could not be started.</param>
/// <param name="Said">What it said beside, of which the end is kept.</param>
/// <param name="Output">Its standard output, where that tells of no progress.</param>
/// <param name="Last">How far it was at its end.</param>
internal sealed record FfmpegEnd(int ExitCode, string Said, string Output, FfmpegProgress Last)
{
    /// <summary>Its last words, in a line.</summary>
    public string LastWords => string.Join("; ", Said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).TakeLast(3)) is { Length: > 0 } words ? words : "it said nothing";
}
