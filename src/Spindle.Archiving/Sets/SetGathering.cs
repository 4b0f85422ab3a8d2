// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files;
using Spindle.Media;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>Discs of a set that come one after the other, in any order: of what is whole, only its share of the sums is kept; what is damaged stays, as an image.</summary>
/// <remarks>
/// Its folder has the table and the digests of the first parity disc that came, the sums, and the images of damaged discs. What was killed goes on with the same
/// folder: an image that is there was not added yet, or is damaged.
/// </remarks>
public sealed class SetGathering
{
    private const string SumsName = "sums";
    private const string MarkName = "gathering"; // says that the folder is of this, and may go
    private const int BufferLength = 4 * PieceSums.PieceLength;

    private readonly string _folder;
    private readonly IReadOnlyList<string> _sources;

    /// <param name="folder">Where it is kept; made where it is not there.</param>
    /// <param name="sources">Folders and files with other members of the set.</param>
    /// <exception cref="OperationFailedException"><c>already-exists</c>: the folder is somebody's; it can't be written; and those of finding a set in the sources.</exception>
    public SetGathering(string folder, IReadOnlyList<string> sources)
    {
        (_folder, _sources) = (folder, sources);
        string mark = Path.Combine(folder, MarkName);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !File.Exists(mark))
        {
            throw SetFailures.Exists(folder);
        }

        TargetFailure.Told(folder, () => Directory.CreateDirectory(folder));
        WholeFile.Write(mark, _ => { });
        TargetFailure.Told(folder, () => Directory.CreateDirectory(Path.Combine(folder, SetNames.Digests)));
        if (sources.Count > 0 && !HasTable)
        {
            using SetShelf shelf = SetShelf.Open(sources, []);
            Keep(shelf.Table.ToString(), shelf.Sources.Select(source => (source.Member, source.Digests?.ToBytes())));
        }
    }

    /// <summary>Whether it is known what the set is; else a parity disc has to come first.</summary>
    public bool HasTable => File.Exists(Path.Combine(_folder, SetNames.Table));

    /// <summary>How many of all may be missing.</summary>
    public int Rows => Table().Parity.Count;

    private string SumsFolder => Path.Combine(_folder, SumsName);

    /// <summary>The members that are not there yet, by their names.</summary>
    /// <param name="lost">Those that count as lost.</param>
    /// <exception cref="OperationFailedException"><c>not-in-set</c>; what was gathered is damaged.</exception>
    public IReadOnlyList<string> Wanted(IReadOnlyList<string> lost)
    {
        using SetShelf shelf = SetShelf.Open([_folder, .. _sources], lost, SumsFolder);
        return [.. shelf.Missing.Select(source => source.Member.Name).Except(lost)];
    }

    /// <summary>Says which member of the set a disc is. Of a parity disc that comes first, the table is taken.</summary>
    /// <param name="disc">The disc; it stays the caller's.</param>
    /// <param name="failure">Why it is none that is wanted: <c>no-set</c>, <c>generation-mixed</c>, <c>wrong-disc</c>, <c>disc-given-twice</c>.</param>
    /// <returns>Null where it is none.</returns>
    public string? Identify(ISectorReader disc, out Failure? failure)
    {
        using ParityDiscImage? parity = ParityDiscImage.TryOpen(disc);
        SetTable? table = parity?.Read(SetNames.Table, SetTable.LongestText) is { } bytes ? SetTable.TryRead(bytes) : null;
        if (!HasTable)
        {
            if (table is null)
            {
                failure = SetFailures.NoParityDisc(disc.Name);
                return null;
            }

            Keep(table.ToString(), table.Members.Select(member => (member, parity!.Read($"{SetNames.Digests}/{SetNames.Digest(member.Name)}", SetShelf.DigestBytes(member.Length)))));
        }

        failure = table is not null && table.Uuid != Table().Uuid ? SetFailures.Mixed(disc.Name, _folder).Failure : null;
        if (failure is not null)
        {
            return null;
        }

        using SetShelf known = SetShelf.Open([_folder, .. _sources], []); // with the digests of what is in sums, too
        using SetShelf shelf = SetShelf.Open([_folder, .. _sources], [], SumsFolder);
        string? name = table is not null
            ? table.Parity.FirstOrDefault(row => parity!.Has(row.Name))?.Name
            : SetLikeness.Find(new SectorBytes(disc).Read, known.Sources.Where(source => source.Member is SetDisc))?.Member.Name;
        failure = name is null ? SetFailures.Wrong(disc.Name)
            : shelf.Missing.All(source => source.Member.Name != name) ? SetFailures.CameTwice(name)
            : null;
        return failure is null ? name : null;
    }

    /// <summary>The folder, in the folder of these, and the name without <c>.iso</c>, under which the image of a member is made.</summary>
    public (string Directory, string Name) PlaceOf(string member)
    {
        SetTable table = Table();
        return (_folder, table.Parity.FirstOrDefault(row => row.Name == member) is { } parity
            ? Path.GetFileNameWithoutExtension(ParityDiscs.PathOf("", Path.GetFileNameWithoutExtension(parity.Name), parity.Row))
            : Path.GetFileNameWithoutExtension(member));
    }

    /// <summary>Takes the images that were made: adds what is whole, and lets its image go.</summary>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops; the same goes on.</param>
    /// <returns>The members that stay as images, for something of them is missing, is not as it was, or is not known.</returns>
    /// <exception cref="OperationFailedException"><c>sums-damaged</c>; there is no room.</exception>
    public IReadOnlyList<string> Take(IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        using FolderLock claim = SetAdder.Claim(_folder);
        List<string> damaged = [];
        SetTable table = Table();
        using SetSums sums = SetSums.Exist(SumsFolder) ? SetSums.Open(SumsFolder)
            : SetSums.Create(SumsFolder, Path.GetFileNameWithoutExtension(table.Parity[0].Name), table.Parity.Count, Guid.Parse(table.Uuid));
        using SetShelf shelf = SetShelf.Open([_folder], []);
        foreach (SetSource source in shelf.Sources.Where(source => source.Storage is not null).OrderBy(source => source.Member.Name != sums.Begun?.Name))
        {
            if (sums.Discs.All(disc => disc.File.Name != source.Member.Name))
            {
                if (!IsWhole(source, progress, cancellationToken))
                {
                    damaged.Add(source.Member.Name);
                    continue;
                }

                Add(sums, table, source, progress, cancellationToken);
            }

            string folder = Path.GetDirectoryName(source.Path!)!;
            if (folder != _folder)
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return damaged;
    }

    /// <summary>Makes what is lost or damaged, as <see cref="SetRepairer"/> does; where all of it comes out right, what was gathered goes.</summary>
    /// <inheritdoc cref="SetRepairer.Repair"/>
    /// <param name="request">Where to; its sources are added to those of this.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops; the same command goes on.</param>
    public SetRepairResult Repair(SetRepairRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        SetRepairResult result = SetRepairer.Repair(request with { Sources = [_folder, .. _sources], Sums = SumsFolder }, progress, cancellationToken);
        if (result.Concerns.Count == 0 && !request.DryRun)
        {
            Directory.Delete(_folder, recursive: true);
        }

        return result;
    }

    private static bool IsWhole(SetSource source, IProgress<WorkProgress> progress, CancellationToken cancellationToken) =>
        source.Map is null or { IsFinished: true } && SetPass.IsAsWritten(source, progress, cancellationToken);

    private void Add(SetSums sums, SetTable table, SetSource source, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        byte[] coefficients = source.Member is SetDisc disc ? disc.Coefficients : [.. table.Parity.Select(row => row == source.Member ? (byte)1 : (byte)0)];
        byte[] buffer = new byte[BufferLength];
        if (source.Member is SetParity parity)
        {
            byte[] head = new byte[parity.Offset];
            source.Storage!.Read(0, head);
            WholeFile.Write(Path.Combine(_folder, SetShelf.HeadOf(parity.Name)), file => file.Write(head)); // what a lost volume is made again by
        }

        using SetAddition addition = sums.Add(source.Member.Name, source.Length, coefficients);
        for (long position = 0; position < source.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = source.Storage!.Read(source.Offset + position, buffer.AsSpan(0, (int)Math.Min(buffer.Length, source.Length - position)));
            if (read == 0)
            {
                throw SetFailures.Unreadable(source.Path!, source.Offset + position);
            }

            addition.Append(buffer.AsSpan(0, read));
            position += read;
            progress.Report(new("adding", position, source.Length, WorkProgress.Bytes) { Item = source.Member.Name });
        }

        addition.Complete();
    }

    private void Keep(string table, IEnumerable<(SetMember Member, byte[]? Digests)> digests)
    {
        foreach ((SetMember member, byte[]? bytes) in digests.Where(one => one.Digests is not null))
        {
            WholeFile.Write(Path.Combine(_folder, SetNames.Digests, SetNames.Digest(member.Name)), file => file.Write(bytes));
        }

        WholeFile.Write(Path.Combine(_folder, SetNames.Table), file => file.Write(Encoding.ASCII.GetBytes(table)));
    }

    private SetTable Table()
    {
        string path = Path.Combine(_folder, SetNames.Table);
        return (HasTable ? SetTable.TryRead(File.ReadAllBytes(path)) : null) ?? throw SetFailures.DamagedTable(path);
    }
}
