// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Media;

namespace Spindle.Cli.Terminals;

/// <summary>Standard output as a place that can fail: whoever keeps a result must hear that it is not there.</summary>
/// <param name="stream">Where to.</param>
/// <param name="bufferSize">Characters that are gathered before they are written.</param>
internal sealed class ResultWriter(Stream stream, int bufferSize) : StreamWriter(new Watched(stream), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize)
{
    /// <summary>The error by which a system tells that nobody reads any more (EPIPE).</summary>
    public const int UnixBrokenPipe = 32;

    private const int WindowsBrokenPipe = unchecked((int)0x8007006D); // ERROR_BROKEN_PIPE
    private const int WindowsNoReader = unchecked((int)0x800700E8); // ERROR_NO_DATA

    /// <summary>Whether an error says that whoever reads the results, such as <c>head</c>, has seen enough.</summary>
    public static bool IsNoReader(IOException error) => error.HResult is UnixBrokenPipe or WindowsBrokenPipe or WindowsNoReader;

    /// <summary>Writes what is gathered.</summary>
    /// <returns>Why the results are not where they were to go; null where they are, and where nobody wants them any more.</returns>
    public Failure? Complete()
    {
        try
        {
            Flush();
        }
        catch (IOException e) when (IsNoReader(e))
        {
            return null;
        }
        catch (OperationFailedException)
        {
            // Told below, as what failed earlier.
        }

        return ((Watched)BaseStream).Failure;
    }

    /// <summary>Remembers what went wrong: lines of a report are dropped then, and only the end tells of it.</summary>
    private sealed class Watched(Stream stream) : WriteOnlyStream
    {
        private IOException? _noReader;

        public Failure? Failure { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (_noReader is not null)
            {
                throw _noReader;
            }

            try
            {
                if (Failure is null)
                {
                    stream.Write(buffer);
                }
            }
            catch (IOException e) when (IsNoReader(e))
            {
                _noReader = e;
                throw;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Failure = new("output-failed", $"standard output can't be written: {e.Message}", "give it a place that has room, and run the command again");
            }

            if (Failure is not null)
            {
                throw new OperationFailedException(Failure);
            }
        }
    }
}
