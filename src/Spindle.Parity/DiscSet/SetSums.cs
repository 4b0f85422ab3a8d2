// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Parity.DiscSet;

/// <summary>The parity of a set that is not complete: one sum for each parity disc, to which discs are added one after the other.</summary>
/// <remarks>
/// No disc is needed again once it was added. Adding is exclusive or, and done twice it would be undone: how far a disc is added is certain whenever
/// the program is killed (<see cref="SumsFiles"/>), and adding the same disc again goes on from there; the first one begins anew. Storage that does not give back
/// what was written is noticed. Not thread-safe; who opens one keeps others from it.
/// </remarks>
public sealed class SetSums : IDisposable
{
    private const int FewRows = 3; // with more, windows are shorter: they take as much memory in all

    private const string ListName = "sums.tsv";

    private readonly SumsFiles _files;
    private readonly IReadOnlyList<SumsWindow> _pending;
    private SumsList _list;

    private SetSums(string folder, SumsList list, Func<string, IImageStorage> open)
    {
        Folder = folder;
        _list = list;
        _files = new(folder, list.Rows, open);
        _pending = _files.Pending(list.Discs.Count);
        Begun = _pending.Count > 0 ? _pending[^1].Disc with { Done = _pending[^1].End } : null;
    }

    /// <summary>Where all of it is kept.</summary>
    public string Folder { get; }

    /// <summary>The set's name.</summary>
    public string Name => _list.Name;

    /// <summary>The set as it was planned; null where it was not.</summary>
    public Guid? Uuid => _list.Uuid;

    /// <summary>Parity discs that it will have.</summary>
    public int Rows => _list.Rows;

    /// <summary>The discs that are in, in the order of their places.</summary>
    public IReadOnlyList<SummedDisc> Discs => _list.Discs;

    /// <summary>Bytes of the longest disc: what each row of parity has.</summary>
    public long Length => _list.Discs.Count == 0 ? 0 : _list.Discs.Max(disc => disc.File.Length);

    /// <summary>The disc whose addition was cut off; null where none was.</summary>
    public BegunDisc? Begun { get; private set; }

    /// <summary>Bytes of a disc that are added at a time, to so many rows.</summary>
    internal static int WindowLength(int rows) => SumsWindow.MostPieces / (rows > FewRows ? 2 : 1) * PieceSums.PieceLength;

    /// <summary>Whether a folder has sums.</summary>
    public static bool Exist(string folder) => File.Exists(Path.Combine(folder, ListName));

    /// <summary>Begins sums of no disc.</summary>
    /// <param name="folder">Is made; nothing may be in it.</param>
    /// <param name="name">The set's name.</param>
    /// <param name="rows">Parity discs, 1 to 8.</param>
    /// <param name="uuid">The set as it was planned; null where it was not.</param>
    /// <exception cref="OperationFailedException">The folder can't be written.</exception>
    public static SetSums Create(string folder, string name, int rows, Guid? uuid = null)
    {
        TargetFailure.Told(folder, () => Directory.CreateDirectory(Path.Combine(folder, SetNames.Digests)));
        SumsList list = new(name, rows, [], uuid);
        SetSums sums = new(folder, list, OpenFile);
        sums.Save(list);
        return sums;
    }

    /// <summary>Begins sums of discs whose parity was made: more discs can be added to it then.</summary>
    /// <param name="folder">Is made; what a run left in it that was killed is replaced.</param>
    /// <param name="list">The set's name, and its discs in the order of their places, each with its digests.</param>
    /// <param name="rows">Its parity: how many rows, bytes of each, and what fills bytes of a row from a position on.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationFailedException">The folder can't be written.</exception>
    public static SetSums Begin(
        string folder, (string Name, IReadOnlyList<(SummedDisc Disc, PieceSums Pieces)> Discs) list, (int Count, long Length, Action<int, long, Memory<byte>> Read) rows, CancellationToken cancellationToken)
    {
        TargetFailure.Told(folder, () => Directory.CreateDirectory(Path.Combine(folder, SetNames.Digests)));
        SetSums sums = new(folder, new(list.Name, rows.Count, []), OpenFile);
        byte[] window = new byte[WindowLength(rows.Count)];
        for (int row = 0; row < rows.Count; row++)
        {
            for (long position = 0; position < rows.Length; position += window.Length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int length = (int)Math.Min(window.Length, rows.Length - position);
                int whole = (length + PieceSums.PieceLength - 1) / PieceSums.PieceLength * PieceSums.PieceLength;
                window.AsSpan(length..whole).Clear();
                rows.Read(row, position, window.AsMemory(0, length));
                sums._files.Fill(row, position, window.AsSpan(0, whole));
            }
        }

        sums._files.Flush();
        foreach ((SummedDisc disc, PieceSums pieces) in list.Discs)
        {
            WholeFile.Write(sums.DigestPath(disc.File.Name), file => file.Write(pieces.ToBytes()));
        }

        sums.Save(sums._list with { Discs = [.. list.Discs.Select(disc => disc.Disc)] });
        return sums;
    }

    /// <summary>Opens sums, and brings them into order where a program was killed.</summary>
    /// <exception cref="OperationFailedException"><c>sums-missing</c>; <c>sums-damaged</c>; the folder can't be written.</exception>
    public static SetSums Open(string folder) => Open(folder, OpenFile);

    /// <summary>The same, by whatever opens files.</summary>
    internal static SetSums Open(string folder, Func<string, IImageStorage> open)
    {
        if (!Exist(folder))
        {
            throw Failures.SumsMissing(folder);
        }

        SumsList list = TargetFailure.Told(folder, () => SumsList.TryRead(File.ReadAllText(Path.Combine(folder, ListName)))) ?? throw Failures.SumsDamaged(folder);
        return new(folder, list, open);
    }

    /// <summary>Adds a disc: in the next place, or where it was cut off.</summary>
    /// <param name="name">Its name (<see cref="SetNames.IsPlain"/>).</param>
    /// <param name="length">Its length in bytes, at least 1.</param>
    /// <param name="coefficients">What it is multiplied with in each row; null for those of its place.</param>
    /// <exception cref="OperationFailedException"><c>sums-unfinished</c>: another one was being added; <c>disc-given-twice</c>; <c>set-too-large</c>.</exception>
    public SetAddition Add(string name, long length, byte[]? coefficients = null)
    {
        if (Begun is { } begun && (begun.Name, begun.Length) != (name, length))
        {
            throw Failures.SumsUnfinished(Folder, begun.Name);
        }

        if (Discs.Any(disc => disc.File.Name == name))
        {
            throw Failures.DiscGivenTwice(name);
        }

        if (coefficients is null && Discs.Count >= SetCode.MostDiscs(Rows))
        {
            throw Failures.SetTooLarge(Discs.Count + 1, Rows);
        }

        if (Discs.Count == 0)
        {
            _files.Clear(); // of what an addition left that was cut off
        }

        BegunDisc disc = Begun ?? new(Discs.Count, name, length, 0);
        return new((this, _files, Begun is null ? [] : _pending), disc, coefficients ?? SetCode.Coefficients(Rows, disc.Place));
    }

    /// <summary>Reads a row of parity over the discs that are in.</summary>
    /// <param name="row">Which, from 0.</param>
    /// <param name="position">First byte; a multiple of <see cref="PieceSums.PieceLength"/>.</param>
    /// <param name="bytes">Whole pieces; zeros behind the end.</param>
    /// <exception cref="OperationFailedException"><c>sums-damaged</c>: the storage does not give back what was written.</exception>
    public void Read(int row, long position, Span<byte> bytes) => Read(row, position, bytes, new uint[bytes.Length / PieceSums.PieceLength]);

    /// <summary>The same, with the checksums of the pieces.</summary>
    internal void Read(int row, long position, Span<byte> bytes, Span<uint> found)
    {
        if (!_files.TryRead(row, position, bytes, found))
        {
            throw Failures.SumsDamaged(Folder);
        }
    }

    /// <summary>The checksums of the pieces of a disc that is in.</summary>
    /// <exception cref="OperationFailedException"><c>sums-damaged</c>: they are not there.</exception>
    public PieceSums PiecesOf(SummedDisc disc) =>
        File.Exists(DigestPath(disc.File.Name)) && PieceSums.TryRead(File.ReadAllBytes(DigestPath(disc.File.Name)), disc.File.Length) is { } pieces ? pieces : throw Failures.SumsDamaged(Folder);

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();

    /// <summary>Opens a file of the sums, or makes it.</summary>
    internal static IImageStorage OpenFile(string path) => File.Exists(path) ? ImageFile.OpenWrite(path) : ImageFile.Create(path);

    /// <summary>Notes that a disc is in, all of it.</summary>
    internal void Enter(SummedDisc disc, PieceSums pieces)
    {
        _files.Flush();
        WholeFile.Write(DigestPath(disc.File.Name), file => file.Write(pieces.ToBytes()));
        Save(_list with { Discs = [.. _list.Discs, disc] });
        Begun = null;
    }

    private void Save(SumsList list)
    {
        WholeFile.Write(Path.Combine(Folder, ListName), file => file.Write(System.Text.Encoding.ASCII.GetBytes(list.ToString())));
        _list = list;
    }

    private string DigestPath(string name) => Path.Combine(Folder, SetNames.Digests, SetNames.Digest(name));
}
