// SPDX-License-Identifier: MIT
using Spindle.Imaging.Auditing;
using Spindle.Media;
using Spindle.Restoring.Verifying;

namespace Spindle.Station.Auditing;

/// <summary>Images of discs of an archive, which carry the hash of each of their files.</summary>
internal sealed class OwnLists(Verifier verifier) : IOwnLists
{
    public async Task<OwnVerdict?> VerifyAsync(string image, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        VerifyResult result = await verifier.RunAsync(new() { Sources = [image] }, progress, cancellationToken);
        return result.Discs is not [var disc] ? null : new(
            disc.IsWhole,
            disc.IsWhole ? $"{Figures.Count(disc.FilesWhole, "file is", "files are")} what was archived, by the lists on it"
                : disc.Damaged.Count > 0 ? $"{Figures.Count(disc.Damaged.Count, "file is", "files are")} not what was archived, by the lists on it"
                : "its structures are damaged",
            [.. disc.Damaged.Select(file => file.Path)]);
    }
}
