// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Spindle.Cli.Terminals;

/// <summary>The three streams that a process is born with, each of which its parent may have left closed.</summary>
internal static partial class StandardStreams
{
    private static readonly bool[] Closed = new bool[3];

    // Kept for as long as the process lives: their numbers must not be given to anything else.
    private static readonly List<SafeFileHandle> Placeholders = [];

    /// <summary>
    /// Puts the null device where a stream is closed: the next file that is opened would get its number, and what is meant for a
    /// person would be written into an image. To be called before anything is opened.
    /// </summary>
    public static void Claim()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        for (int descriptor = 0; descriptor < Closed.Length; descriptor++)
        {
            if (Duplicate(descriptor, descriptor) < 0) // EBADF is all that can be wrong with that
            {
                Closed[descriptor] = true;
                Placeholders.Add(File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite));
            }
        }
    }

#pragma warning disable RS0030 // The place, with Terminal, where the process's console is taken.
    /// <summary>Standard output.</summary>
    public static Stream Output => Of(1, Console.OpenStandardOutput);

    /// <summary>Standard error.</summary>
    public static Stream Error => Of(2, Console.OpenStandardError);

    /// <summary>Standard input, a line at a time.</summary>
    /// <remarks>Not the console's own reader, which asks the terminal where its cursor is; some never answer.</remarks>
    public static TextReader Input() =>
        OperatingSystem.IsWindows() ? Console.In
        : Closed[0] ? TextReader.Null
        : new StreamReader(new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0));
#pragma warning restore RS0030

    private static Stream Of(int descriptor, Func<Stream> console) =>
        OperatingSystem.IsWindows() ? console() : new DescriptorStream(descriptor, Closed[descriptor]);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(int descriptor, int target);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> data, nint length);

    /// <summary>Writes where the descriptor stands, and tells of every error.</summary>
    /// <remarks>
    /// The console's own stream says nothing where the reader is gone, and a file stream writes at a place of its own, which the next
    /// program of the same shell line would overwrite.
    /// </remarks>
    private sealed class DescriptorStream(int descriptor, bool isClosed) : WriteOnlyStream
    {
        private const int Interrupted = 4; // EINTR
        private const int BadDescriptor = 9; // EBADF
        private const int BrokenPipe = 32; // EPIPE
        private const int RetryMilliseconds = 10;

        // EAGAIN: another program of the same terminal may have made it non-blocking.
        private static readonly int TryAgain = OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? 35 : 11;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (isClosed)
            {
                throw Failed(BadDescriptor);
            }

            while (!buffer.IsEmpty)
            {
                nint written = StandardStreams.Write(descriptor, buffer, buffer.Length);
                int error = written < 0 ? Marshal.GetLastPInvokeError() : 0;
                if (written >= 0)
                {
                    buffer = buffer[(int)written..];
                }
                else if (error == TryAgain)
                {
                    CancellationToken.None.WaitHandle.WaitOne(RetryMilliseconds);
                }
                else if (error != Interrupted)
                {
                    throw Failed(error);
                }
            }
        }


        private static IOException Failed(int error) => new(
            error == BadDescriptor ? "it is closed" : Marshal.GetPInvokeErrorMessage(error), error == BrokenPipe ? ResultWriter.UnixBrokenPipe : error);
    }
}
