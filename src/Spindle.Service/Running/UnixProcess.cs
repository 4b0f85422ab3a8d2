// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Spindle.Service.Running;

/// <summary>What Unix does with processes (POSIX.1-2017: kill, setsid).</summary>
internal static partial class UnixProcess
{
    private const int Terminate = 15, KillAtOnce = 9;

    /// <summary>Asks a process to end in order, as Ctrl-C does. Not by the signal of that: what a shell runs in the background is deaf to it, and so is all that it starts.</summary>
    public static void Stop(int id) => _ = Send(id, Terminate);

    /// <summary>Ends a process at once, with all that it started: it leads a session of its own, and so a group.</summary>
    public static void Kill(int id)
    {
        KillGroup(id);
        _ = Send(id, KillAtOnce); // where it did not come to lead one
    }

    /// <summary>Ends at once what is left of the group of a process that has just ended. While there is any, the system gives its number to no other process.</summary>
    public static void KillGroup(int id) => _ = Send(-id, KillAtOnce);

    /// <summary>Makes this process lead a session of its own: Ctrl-C in the terminal of whoever started it, and the end of that terminal, are not meant for it.</summary>
    public static void LeadSession() => _ = SetSession(); // who leads a group already, as a shell makes of what is typed, is not one that a service started

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int id, int signal);

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int SetSession();
}
