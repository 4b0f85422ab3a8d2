// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Mastering.Writing;

/// <summary>What came of it.</summary>
/// <param name="Sha256">SHA-256 of the bytes that were handed to the target, 32 bytes.</param>
/// <param name="Sectors">How many sectors of 2048 bytes they were.</param>
/// <param name="Failures">Contents that are not what they should be. Zeros may stand for them: with any of these, the image is no good.</param>
public sealed record ImageWriteResult(byte[] Sha256, long Sectors, IReadOnlyList<ContentFailure> Failures)
{
    /// <summary>Whether every content was read whole, and was what was expected.</summary>
    public bool IsGood => Failures.Count == 0;
}

/// <summary>A content that is not what it should be.</summary>
/// <param name="Content">Its number in the tree.</param>
/// <param name="Failure">What is wrong: <c>content-changed</c>, <c>content-missing</c> or <c>content-unreadable</c>.</param>
public sealed record ContentFailure(int Content, Failure Failure);
