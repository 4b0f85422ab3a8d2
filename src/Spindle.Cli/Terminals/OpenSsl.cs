// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Spindle.Cli.Terminals;

/// <summary>Whether the library is there by which .NET hashes on Linux. Without it the runtime would end the process at the first hash, with a core dump.</summary>
internal static class OpenSsl
{
    // In the order in which the runtime looks for them (opensslshim.c); an override of its own is its own matter.
    private static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1", "libssl.so.1.0.2", "libssl.so.1.0.0", "libssl.so.10"];

    private static readonly string[] UsualFolders = [$"/lib/{Machine}-linux-gnu", $"/usr/lib/{Machine}-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib"];

    private static string Machine => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64";

    /// <summary>What to tell where it is missing; null where it is there, or nothing of this system needs it.</summary>
    /// <remarks>It is loaded only where it is at no usual place: it takes some megabytes, and most of what only looks at discs hashes nothing.</remarks>
    public static string? Complaint() => Complaint(name => UsualFolders.Any(folder => IsFile(Path.Combine(folder, name))) || NativeLibrary.TryLoad(name, out _));

    private static bool IsFile(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    /// <param name="isThere">Whether a library can be loaded.</param>
    internal static string? Complaint(Func<string, bool> isThere)
    {
        bool isFound = !OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("CLR_OPENSSL_VERSION_OVERRIDE") is { Length: > 0 } || Names.Any(isThere);
        return isFound ? null : """
            spindle: the library OpenSSL (libssl) is not installed, and nothing can be hashed without it
                     install your system's package libssl3, openssl-libs or openssl, and give the same command again
            """;
    }
}
