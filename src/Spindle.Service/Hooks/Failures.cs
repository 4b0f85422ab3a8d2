// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Service.Hooks;

/// <summary>What is wrong with a hook, as the user is told it.</summary>
internal static class Failures
{
    public static OperationFailedException NoHook(string target) => new(
        new("usage", $"--hook {(target.Trim().Length == 0 ? "is empty" : target)} is no command and no address", "a command, or an address that begins with http:// or https://"));
}
