// SPDX-License-Identifier: MIT
using Spindle.Archiving.Sets;
using Spindle.Imaging;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Sets;

/// <summary>Repairs a set whose discs are put into a drive one after the other, in any order.</summary>
/// <remarks>Each is imaged as <c>image</c> would, its own parity included; what is whole goes into sums then, and its image goes.</remarks>
/// <param name="request">What is asked for.</param>
/// <param name="drive">The drive, which is among its sources.</param>
/// <param name="work">What brings discs and images them.</param>
internal sealed class DriveRepair(ParityRequest request, string drive, Work work)
{
    private const string GatheredName = "gathered";

    private readonly Lazy<SetGathering> _made = new(() => new(Path.Combine(request.Target!, GatheredName), [.. request.Sources.Where(source => source != drive)]));
    private readonly DriveTray _tray = work.Equipment.Tray(drive) ?? throw Usage.Error($"{drive} is no drive that discs can be put into");
    private readonly List<Failure> _told = [];
    private readonly List<string> _read = [];

    private SetGathering Gathering => _made.Value;

    /// <summary>The drive among some sources; null where there is none.</summary>
    public static string? DriveOf(ParityRequest request, Equipment equipment) => request.Sources.FirstOrDefault(source => equipment.DriveIdentity(source) is not null);

    /// <summary>Reads discs until no more are wanted, or there; makes what is lost.</summary>
    public async Task<ParityDocument> RunAsync(SetRepairRequest wanted, CancellationToken cancellationToken)
    {
        if (request.DryRun)
        {
            throw Usage.Error("--dry-run tells nothing of discs in a drive: only reading them does", "name images, or leave it out");
        }

        for (bool isFirst = true; await IsAnotherWantedAsync(isFirst, cancellationToken); isFirst = false)
        {
            await ReadAsync(cancellationToken);
        }

        SetRepairResult result = await Task.Run(() => Gathering.Repair(wanted, work.Progress, cancellationToken), CancellationToken.None);
        ParityDocument document = ParityDocument.Of(wanted.Target, result);
        return document with { DiscsRead = _read, Warnings = [.. _told, .. document.Warnings] };
    }

    private async Task<bool> IsAnotherWantedAsync(bool isFirst, CancellationToken cancellationToken)
    {
        if (!Gathering.HasTable)
        {
            if (!isFirst)
            {
                work.Answers.Tell("Insert a parity disc of the set: it says what the set is. Ctrl-C ends.");
            }

            return true;
        }

        IReadOnlyList<string> wanted = await Task.Run(
            () =>
            {
                Gathering.Take(work.Progress, cancellationToken); // also what a run left that was killed
                return Gathering.Wanted(request.Lost);
            },
            CancellationToken.None);
        if (wanted.Count == 0 || (isFirst && _tray.HasDisc))
        {
            return wanted.Count > 0;
        }

        string names = string.Join(", ", wanted);
        if (wanted.Count + request.Lost.Count > Gathering.Rows)
        {
            work.Answers.Tell($"Insert any of: {names}. Ctrl-C ends; the same command goes on.");
            return true;
        }

        return await work.Answers.ConfirmAsync(
            new("set-disc-wanted", $"Enough is there. Not read yet: {names}. Is one of these there, too? Insert it first."), cancellationToken);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await _tray.WaitForDiscAsync(cancellationToken);
        try
        {
            if (await Task.Run(Identify, CancellationToken.None) is { } member)
            {
                await ImageAsync(member, cancellationToken);
                _read.Add(member);
            }
        }
        catch (OperationFailedException e) when (e.Failure.Code is "no-medium" or "not-ready" or "tray-open")
        {
            return; // a drive may call itself ready, and then look at the disc once more
        }
        catch (OperationFailedException e) when (DriveTray.IsRefusal(e.Failure) || e.Failure.Code is "disc-changed")
        {
            Tell(e.Failure);
        }

        _tray.Eject();
        await _tray.WaitForRemovalAsync(cancellationToken);
    }

    private string? Identify()
    {
        using ISectorReader disc = work.Equipment.OpenMedium(drive);
        string? member = Gathering.Identify(disc, out Failure? failure);
        if (failure is not null)
        {
            Tell(failure);
        }

        return member;
    }

    private async Task ImageAsync(string member, CancellationToken cancellationToken)
    {
        (string directory, string name) = Gathering.PlaceOf(member);
        ImagingRequest wanted = new()
        {
            Source = drive,
            Directory = directory,
            Name = name,
            Hashes = [HashKind.Sha256],
            Verify = VerifyMode.None, // what is there is held against the set's own hashes
            Repair = true,
            Overwrite = true,
            Eject = false,
            Tree = false,
            Structure = false,
        };
        try
        {
            await work.Equipment.Imager.RunAsync(wanted, work.Progress, cancellationToken);
        }
        catch (OperationFailedException e) when (e.Failure.Code == "unfinished-copy")
        {
            await work.Equipment.Imager.RunAsync(wanted with { Resume = true }, work.Progress, cancellationToken);
        }
    }

    private void Tell(Failure failure)
    {
        _told.Add(failure);
        work.Answers.Tell($"{failure.What} [{failure.Code}]");
    }
}
