// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Cli.Terminals;

/// <summary>The command line is understood, and asks for something that makes no sense.</summary>
internal sealed class UsageException(string what, string? hint = null) : OperationFailedException(new("usage", what, hint));
