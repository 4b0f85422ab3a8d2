// SPDX-License-Identifier: MIT
namespace Spindle.Catalogue.Finding;

/// <summary>What is sought.</summary>
public sealed record FindRequest
{
    /// <summary>The catalogue.</summary>
    public required string Catalogue { get; init; }

    /// <summary>A pattern for names; with a slash inside, for paths from the root.</summary>
    public required string Pattern { get; init; }

    /// <summary>Bytes at least.</summary>
    public long MinimumSize { get; init; }

    /// <summary>Bytes at most.</summary>
    public long MaximumSize { get; set; } = long.MaxValue;

    /// <summary>Changed then or later.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Changed then or earlier.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>The first hexadecimal digits of its SHA-256, 64 at most.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Files and versions that are gone, too.</summary>
    public bool IncludesGone { get; init; }

    /// <summary>ns since 1970-01-01 UTC.</summary>
    internal long ModifiedFrom => NanosecondsOf(After, long.MinValue);

    /// <summary>ns since 1970-01-01 UTC.</summary>
    internal long ModifiedTo => NanosecondsOf(Before, long.MaxValue);

    /// <summary>The first or the last hash that begins with some digits.</summary>
    internal static byte[] Padded(string digits, char with) => Convert.FromHexString(digits.PadRight(64, with));

    private static long NanosecondsOf(DateTimeOffset? moment, long otherwise) => moment is { } time
        ? (long)Int128.Clamp((Int128)(time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick, long.MinValue, long.MaxValue)
        : otherwise;
}
