// SPDX-License-Identifier: MIT
namespace Spindle.Media;

/// <summary>What stopped an operation, in the words shown to the user.</summary>
/// <param name="Code">Stable name for scripts and for docs/errors.md, such as <c>no-medium</c>.</param>
/// <param name="What">What could not be done, with the device, file or sector it was about.</param>
/// <param name="Hint">What the user can do next; null where nothing is known to help.</param>
public sealed record Failure(string Code, string What, string? Hint = null);
