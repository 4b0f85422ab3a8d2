// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Catalogue.Documents;
using Spindle.Media;
using Spindle.Restoring.Shelf;

namespace Spindle.Restoring;

/// <content>Contents that were not right where the disc's list says that they lie.</content>
internal sealed partial class RestoreRun
{
    /// <summary>Names, times and permissions have no hash of their own: lists that are to stand for a catalogue must have theirs.</summary>
    private void TellOfListsUsed()
    {
        if (_mended is not null)
        {
            _book.Problem(_mended);
        }

        foreach (ArchiveDisc disc in _listsUsed.Where(disc => disc.DamagedLists.Count > 0))
        {
            _book.Problem(new("names-unproven", $"{string.Join(", ", disc.DamagedLists)} of {disc.Identity.Label} is not what its SHA256SUMS says, and stands for the catalogue: names, times and permissions may be wrong or lack", "another copy of the disc, or a catalogue with --catalogue"));
        }
    }

    private void TellOfRefused()
    {
        foreach (Failure refused in _shelf.Refused)
        {
            TellUnsure(refused);
        }
    }

    /// <summary>Where the catalogue is that of the newest disc at hand, one that can't be read may be newer: then nobody knows whether this is all.</summary>
    private void TellUnsure(Failure failure)
    {
        if (_own is not null && !_concerns.Contains(failure))
        {
            _concerns.Add(failure);
        }
        else if (_own is null && !_book.Problems.Contains(failure))
        {
            _book.Problem(failure);
        }
    }

    /// <summary>What is read by a damaged list is proven by its hash: nothing is wrong but the list.</summary>
    private void TellOfLists()
    {
        foreach (ArchiveDisc disc in _shelf.Discs.Where(disc => disc.DamagedLists.Count > 0))
        {
            Failure damaged = new("list-damaged", $"{string.Join(", ", disc.DamagedLists)} of {disc.Identity.Label} is not what its SHA256SUMS says", $"'spindle verify {disc.Name}' tells what else is damaged");
            if (!_concerns.Contains(damaged))
            {
                _concerns.Add(damaged);
            }
        }
    }

    /// <summary>Looks for a content in every place that may have it: other trees and copies of the disc, other discs.</summary>
    private void TryEverywhere(FileRestorer files, RestoreJob job, int disc, CancellationToken cancellationToken)
    {
        if (job.Length == 0 && job.Part == 0 && job.IsRight([]))
        {
            files.Write(job, []); // nothing is to be read, and no disc need have it
            return;
        }

        ReadAttempt? best = null;
        DiscContent? bestContent = null;
        foreach (DiscContent content in PlacesOf(job, disc))
        {
            bestContent?.Dispose();
            ReadAttempt attempt = files.Copy(job, content, _ => { }, cancellationToken);
            if (attempt.IsRight)
            {
                content.Dispose();
                if (job.Part > 0)
                {
                    PartWritten(job, attempt);
                }

                return;
            }

            if (best is null || attempt.Unreadable.Sum(range => range.Length) < best.Unreadable.Sum(range => range.Length))
            {
                best = attempt;
            }

            bestContent = content;
        }

        bestContent?.Dispose();
        best ??= new(IsRight: false, [new(0, job.Length)]);
        if (job.Part > 0)
        {
            PartWritten(job, best);
            return;
        }

        Damaged(files, job, disc, best.Unreadable);
    }

    private IEnumerable<DiscContent> PlacesOf(RestoreJob job, int disc)
    {
        List<(int Disc, long Part)> placements = [(disc, job.Part)];
        using (Statement others = _database.Prepare("SELECT disc FROM placement WHERE content = ?1 AND part = ?2 AND disc <> ?3"))
        {
            others.Bind(1, job.Content).Bind(2, job.Part).Bind(3, (long)disc);
            while (others.Step())
            {
                placements.Add(((int)others.Number(0), job.Part));
            }
        }

        foreach ((int number, _) in placements)
        {
            byte[]?[] paths = [.. ContentPaths.Of(_database, (job.Content, job.Part, job.Offset, job.Length), number).DefaultIfEmpty()];
            foreach (ArchiveDisc copy in CopiesOf(number))
            {
                DiscPlace? place = job.Sha256 is null ? null : copy.Index.Find(job.Sha256, job.Offset);
                foreach (DiscContent content in paths.SelectMany((path, index) => copy.Places(index == 0 ? place : null, path, job.Length)))
                {
                    yield return content;
                }
            }
        }
    }
}
