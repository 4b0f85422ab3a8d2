// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Spindle.Files;
using Xunit;

namespace Spindle.Testing;

/// <summary><c>SPINDLE_PORTABLE_FILES=1</c> has all tests of a run list and write files as on a system whose own ways are not known.</summary>
public static class PortableFiles
{
    /// <summary>Whether they do.</summary>
    public static bool AreUsed { get; } = Environment.GetEnvironmentVariable("SPINDLE_PORTABLE_FILES") == "1";

    /// <summary>Skips what is about things that only Linux's own ways have: owners, attributes, hard links, holes, names of any bytes.</summary>
    public static void SkipWhereUsed(string what) => Assert.SkipWhen(AreUsed, $"not every system has {what}");

#pragma warning disable CA2255 // a test project is no library
    [ModuleInitializer]
    internal static void Choose() => AppContext.SetSwitch(SystemFiles.PortableSwitch, AreUsed);
#pragma warning restore CA2255
}
