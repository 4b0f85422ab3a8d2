// SPDX-License-Identifier: MIT
using Spindle.Archiving.Sets;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Restoring;
using Spindle.Station.Contract;

namespace Spindle.Station.Restoring;

/// <summary>Restores once more what lacks, from discs that their sets make again: where the parity discs are among the sources, and enough others.</summary>
/// <remarks>The images of lost and damaged discs are made beside the target, and are gone in the end.</remarks>
/// <param name="restorer">Restores.</param>
/// <param name="what">What is restored.</param>
/// <param name="work">Whom it is told.</param>
internal sealed class SetHelp(Restorer restorer, RestoreRequest what, Work work)
{
    private const string FolderEnding = ".discs";

    private readonly List<string> _made = [];
    private readonly List<Failure> _concerns = [];
    private bool _isOurs;

    private string Folder => Path.GetFullPath(what.Target).TrimEnd(Path.DirectorySeparatorChar) + FolderEnding;

    /// <summary>Restores what lacked.</summary>
    /// <param name="first">What was restored from the sources alone.</param>
    /// <param name="catalogue">Our own catalogue; null to follow the newest one on the discs.</param>
    /// <param name="cancellationToken">Stops; what was restored is there.</param>
    public async Task<RestoreDocument> RunAsync(RestoreResult first, CatalogueDatabase? catalogue, CancellationToken cancellationToken)
    {
        bool lacks = first.DiscsMissing.Count + first.Missing.Count + first.Damaged.Count > 0;
        if (what.DryRun || !lacks)
        {
            return RestoreDocument.Of(first);
        }

        try
        {
            await Task.Run(() => MakeDiscs(cancellationToken), CancellationToken.None);
            if (_made.Count == 0)
            {
                return With(RestoreDocument.Of(first));
            }

            restorer.Forget(what.Target, first.Damaged);
            RestoreResult second = await restorer.RunAsync(catalogue, what with { Sources = [.. what.Sources, Folder] }, work.Progress, cancellationToken);
            return With(RestoreDocument.Of(second with
            {
                FilesPresent = first.FilesPresent,
                Bytes = first.Bytes + second.Bytes,
                DiscsUsed = [.. first.DiscsUsed, .. second.DiscsUsed.Where(disc => first.DiscsUsed.All(used => used.Number != disc.Number))],
            }));
        }
        finally
        {
            if (_isOurs && Directory.Exists(Folder))
            {
                Directory.Delete(Folder, recursive: true);
            }
        }
    }

    private RestoreDocument With(RestoreDocument document) => document with { DiscsMadeAgain = _made, Concerns = [.. document.Concerns, .. _concerns] };

    private void MakeDiscs(CancellationToken cancellationToken)
    {
        IReadOnlyList<IReadOnlyList<string>> sets = SetsAtHand.Find(what.Sources);
        _isOurs = !Directory.Exists(Folder);
        if (sets.Count > 0 && !_isOurs)
        {
            _concerns.Add(new("already-exists", $"{Folder} exists, where lost discs would be made again", "take it away; it may be of a run that was killed"));
            return;
        }

        foreach (IReadOnlyList<string> set in sets)
        {
            try
            {
                SetRepairResult made = SetRepairer.Repair(new() { Sources = set, Target = Folder, Overwrite = true }, work.Progress, cancellationToken);
                _made.AddRange(made.Restored.Where(disc => disc is { Agrees: true, Path: not null } && made.Table.Discs.Any(member => member.Name == disc.Name)).Select(disc => disc.Name));
                _concerns.AddRange(made.Concerns);
            }
            catch (OperationFailedException e)
            {
                _concerns.Add(e.Failure); // what could be restored without is there
            }
        }
    }
}
