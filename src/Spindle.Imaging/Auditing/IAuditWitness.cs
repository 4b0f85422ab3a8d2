// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Auditing;

/// <summary>What an audit knows of earlier ones.</summary>
public interface IAuditHistory
{
    /// <summary>When an image was audited last and found to pass.</summary>
    /// <param name="image">As an absolute path.</param>
    /// <returns>Null where that is not known.</returns>
    DateTimeOffset? LastPass(string image);
}

/// <summary>Knows images that carry the lists of what must be on them themselves: those of discs of an archive.</summary>
public interface IOwnLists
{
    /// <summary>Reads an image by its own lists.</summary>
    /// <param name="image">The image, as an absolute path.</param>
    /// <param name="progress">Told after each piece.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was found; null where it carries none.</returns>
    Task<OwnVerdict?> VerifyAsync(string image, IProgress<WorkProgress> progress, CancellationToken cancellationToken);
}

/// <summary>What an image's own lists say of it.</summary>
/// <param name="IsWhole">Whether every file is what was archived, and nothing is wrong with its structures.</param>
/// <param name="Detail">In words.</param>
/// <param name="FilesHit">Files that are not what was archived.</param>
public sealed record OwnVerdict(bool IsWhole, string Detail, IReadOnlyList<string> FilesHit);
