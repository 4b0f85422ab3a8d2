// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files;
using Spindle.Media;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>The folder that the parity of a set is in, and what its files are called.</summary>
/// <param name="path">The folder.</param>
/// <param name="name">The set's name.</param>
/// <param name="rows">Rows of parity.</param>
internal sealed class SetFolder(string path, string name, int rows)
{
    /// <summary>Rows of parity.</summary>
    public int Rows => rows;

    /// <summary>Which code.</summary>
    public SetForm Form => SetCode.FormOf(rows);

    /// <summary>The set's name.</summary>
    public string Name => name;

    private string TablePath => Path.Combine(path, SetNames.Table);

    /// <summary>The folder in which the parity of a request is made: of what becomes images, one that goes after.</summary>
    /// <param name="request">Where to.</param>
    /// <param name="name">The set's name.</param>
    /// <param name="rows">Rows of parity.</param>
    /// <exception cref="OperationFailedException"><c>already-exists</c>; it can't be written.</exception>
    public static SetFolder Begin(SetMakeRequest request, string name, int rows)
    {
        SetFolder folder = new(request.Sectors is null ? request.Target : Path.Combine(request.Target, name + ".parity"), name, rows);
        if (request is { Sectors: not null, Overwrite: false, Archive: null } && Enumerable.Range(1, rows).Select(row => ParityDiscs.PathOf(request.Target, name, row)).FirstOrDefault(File.Exists) is { } there)
        {
            throw SetFailures.Exists(there);
        }

        folder.Begin(request.Overwrite || request.Sectors is not null);
        return folder;
    }

    /// <summary>Ends it: where images are wanted, these are made, and the folder goes.</summary>
    public SetMakeResult End(SetMakeRequest request, SetMakeResult made, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        if (request.Sectors is not { } sectors)
        {
            return made;
        }

        ParityDiscs discs = new(path, made.Table, request.Archive);
        IReadOnlyList<ParityDiscFile> files = discs.Write((request.Target, name, sectors, request.Overwrite), progress, cancellationToken);
        Directory.Delete(path, recursive: true);
        return made with { Images = [.. files.Select(file => file.Path)], Files = files, Warnings = [.. made.Warnings, .. discs.Warnings] };
    }

    /// <summary>The file of a row.</summary>
    /// <param name="row">Which, from 0.</param>
    public string VolumePath(int row) => Path.Combine(path, SetNames.Volume(name, Form, row + 1));

    /// <summary>Makes the folder, and takes the table of a set away that is to be replaced: from here on it is none.</summary>
    /// <exception cref="OperationFailedException"><c>already-exists</c>; the folder can't be written.</exception>
    private void Begin(bool overwrite)
    {
        if (!overwrite && Enumerable.Range(0, rows).Select(VolumePath).Prepend(TablePath).FirstOrDefault(File.Exists) is { } there)
        {
            throw SetFailures.Exists(there);
        }

        TargetFailure.Told(path, () =>
        {
            Directory.CreateDirectory(Path.Combine(path, SetNames.Digests));
            File.Delete(TablePath);
            return true;
        });
    }

    /// <summary>Writes all but the volumes; the table last.</summary>
    public void Write(SetTable table, IReadOnlyList<PieceSums> digests)
    {
        foreach ((SetMember member, PieceSums sums) in table.Members.Zip(digests))
        {
            WholeFile.Write(Path.Combine(path, SetNames.Digests, SetNames.Digest(member.Name)), file => file.Write(sums.ToBytes()));
        }

        foreach ((string text, byte[] bytes) in SetTexts.Of(table))
        {
            WholeFile.Write(Path.Combine(path, text), file => file.Write(bytes));
        }

        WholeFile.Write(TablePath, file => file.Write(Encoding.ASCII.GetBytes(table.ToString())));
    }
}
