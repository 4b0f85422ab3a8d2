// SPDX-License-Identifier: MIT
using System.Reflection;

namespace Spindle.Imaging.Records;

/// <summary>What records call this program.</summary>
internal static class Tool
{
    public const string Name = "Spindle";

    public static string Version { get; } =
        typeof(Tool).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
