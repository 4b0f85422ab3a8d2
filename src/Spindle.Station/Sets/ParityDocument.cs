// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Archiving.Sets;
using Spindle.Media;
using Spindle.Parity.DiscSet;
using Spindle.Station.Contract;

namespace Spindle.Station.Sets;

/// <summary>A set of discs, and what was done with it.</summary>
public sealed record ParityDocument : Document
{
    /// <summary>What was done.</summary>
    public required ParityTask Task { get; init; }

    /// <summary>The set.</summary>
    public required IReadOnlyList<SetPart> Sets { get; init; }

    /// <summary>The folder that was written to; null where none was.</summary>
    public string? Target { get; init; }

    /// <summary>The discs that were added to an open set just now; those that were in it before are not among them.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    /// <summary>Images of parity discs that were made; empty where files alone were.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>Whether all parity that was made is known to have been read back from storage; null where none was made.</summary>
    public bool? ReadBack { get; init; }

    /// <summary>What of the members at hand is damaged; only a check tells.</summary>
    public IReadOnlyList<SetRange> Damaged { get; init; } = [];

    /// <summary>Members that were read in a drive, in their order; empty where none were.</summary>
    public IReadOnlyList<string> DiscsRead { get; init; } = [];

    /// <summary>What was made again, or mended.</summary>
    public IReadOnlyList<SetRestored> Restored { get; init; } = [];

    /// <summary>What can't be made again: more members lack it than there is parity.</summary>
    public IReadOnlyList<SetRange> Beyond { get; init; } = [];

    /// <summary>All that keeps it from being a success.</summary>
    public IReadOnlyList<Failure> Concerns { get; init; } = [];

    /// <summary>What is on the side.</summary>
    public IReadOnlyList<Failure> Warnings { get; init; } = [];

    /// <inheritdoc/>
    protected override Outcome Found => Concerns.Count + Damaged.Count == 0 ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => ParityVerb.Name;

    internal static ParityDocument Of(string target, SetMakeResult made) => new()
    {
        Task = ParityTask.Create,
        Sets = [SetPart.Of(made.Table, [.. made.Table.Members.Select(member => new SetMemberState(member, null, SetState.There))], made.Table.Parity.Count)],
        Target = target,
        Images = made.Images,
        ReadBack = made.IsReadBack,
        Warnings = made.Warnings,
    };

    internal static ParityDocument Of(string? target, OpenSet open) => new()
    {
        Task = ParityTask.Create,
        Sets = [SetPart.Of(open)],
        Target = target,
        Added = open.Added,
        Warnings = open.Warnings,
    };

    internal static ParityDocument Of(ParityTask task, SetCheckResult check) => new()
    {
        Task = task,
        Sets = [SetPart.Of(check.Table, check.Members, check.MayLose)],
        Damaged = check.Damaged,
        Concerns = check.Concerns,
        Warnings = check.Others,
    };

    internal static ParityDocument Of(string target, SetRepairResult repair) => new()
    {
        Task = ParityTask.Repair,
        Sets = [SetPart.Of(repair.Table, repair.Members, repair.MayLose)],
        Target = target,
        Restored = repair.Restored,
        Beyond = repair.Beyond,
        Concerns = repair.Concerns,
        Warnings = repair.Others,
    };
}

/// <summary>A set of discs.</summary>
/// <param name="Uuid">What tells it from others; null while it is open.</param>
/// <param name="IsOpen">Whether discs can be added to it; it has no parity before it is closed.</param>
/// <param name="Form">Which code.</param>
/// <param name="Length">Bytes of each row of parity: of the longest disc.</param>
/// <param name="Rows">Parity discs: so many members may be missing.</param>
/// <param name="MayLose">How many more may be lost as a whole; negative where too many are missing already.</param>
/// <param name="Discs">The discs, in the order of their places.</param>
/// <param name="Parity">The parity discs, in the order of their rows.</param>
public sealed record SetPart(
    string? Uuid,
    bool IsOpen,
    [property: JsonConverter(typeof(JsonForm.Words<SetForm>))] SetForm Form,
    long Length,
    int Rows,
    int MayLose,
    IReadOnlyList<SetMemberPart> Discs,
    IReadOnlyList<SetMemberPart> Parity)
{
    internal static SetPart Of(SetTable table, IReadOnlyList<SetMemberState> members, int mayLose)
    {
        SetMemberPart[] all = [.. members.Select(member => new SetMemberPart(member.Member.Name, member.Member.Length, member.Member.Sha256, member.Path, member.State))];
        return new(table.Uuid, false, table.Form, table.Length, table.Parity.Count, mayLose, all[..table.Discs.Count], all[table.Discs.Count..]);
    }

    internal static SetPart Of(OpenSet open) => new(
        null,
        true,
        SetCode.FormOf(open.Rows),
        open.Discs.Count == 0 ? 0 : open.Discs.Max(disc => disc.File.Length),
        open.Rows,
        0,
        [.. open.Discs.Select(disc => new SetMemberPart(disc.File.Name, disc.File.Length, disc.Sha256, null, SetState.There))],
        []);
}

/// <summary>A member of a set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Bytes of its image, or of the parity in its file.</param>
/// <param name="Sha256">SHA-256 of the image, or of the whole file.</param>
/// <param name="Path">Where it is; null where it is missing, or was only just made.</param>
/// <param name="State">What is known of it.</param>
public sealed record SetMemberPart(string Name, long Length, string Sha256, string? Path, SetState State);
