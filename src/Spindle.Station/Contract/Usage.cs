// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Station.Contract;

/// <summary>Says that a request asks for something that makes no sense.</summary>
internal static class Usage
{
    /// <param name="what">What makes none.</param>
    /// <param name="hint">What would.</param>
    public static OperationFailedException Error(string what, string? hint = null) => new(new("usage", what, hint));
}
