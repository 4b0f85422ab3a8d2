// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Hashing;

/// <summary>A hash in the making, over bytes as they come.</summary>
internal sealed class ContentHash(HashKind kind) : IDisposable
{
    private readonly HashKind.IRunningHash _hash = kind.Begin();

    public HashKind Kind => kind;

    public void Append(ReadOnlySpan<byte> data) => _hash.Append(data);

    /// <summary>Ends the hash.</summary>
    /// <returns>The hash in lower-case hexadecimal, as <c>md5sum</c> and its kin print it.</returns>
    public string Finish() => Convert.ToHexStringLower(_hash.Finish());

    public void Dispose() => _hash.Dispose();
}
