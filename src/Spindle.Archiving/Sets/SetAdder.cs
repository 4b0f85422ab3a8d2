// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>Makes the parity of a set whose images are not all at hand at a time: each is added to sums, and is not needed any more.</summary>
public static class SetAdder
{
    /// <summary>What the name of a folder of sums ends with.</summary>
    internal const string SumsSuffix = ".sums";
    private const int BufferLength = 1 << 20;

    /// <summary>Adds images to an open set, or begins one. What is in already is not read again; what was cut off goes on.</summary>
    /// <param name="request">Which images, and the folder that the set's sums and parity belong in.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops; the same command goes on.</param>
    /// <exception cref="OperationFailedException">An image can't be read, or is not what it was; the sums are damaged, or another process has them; there is no room.</exception>
    public static OpenSet Add(SetMakeRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        using SetImages images = SetImages.Open(request.Sources);
        if (FindOpen(request) is null && File.Exists(Path.Combine(request.Target, SetNames.Table)))
        {
            throw SetFailures.Closed(request.Target);
        }

        string folder = FindOpen(request) ?? Path.Combine(request.Target, (request.Name ?? images.CommonName()) + SumsSuffix);
        TargetFailure.Told(folder, () => Directory.CreateDirectory(folder));
        using FolderLock claim = Claim(folder);
        using SetSums sums = SetSums.Exist(folder) ? SetSums.Open(folder) : SetSums.Create(folder, Path.GetFileNameWithoutExtension(folder), request.Rows ?? SetMakeRequest.UsualRows);
        if (request.Rows is { } rows && rows != sums.Rows)
        {
            throw SetFailures.OtherRows(folder, sums.Rows);
        }

        List<string> added = [];
        foreach (int image in InOrder(images, sums))
        {
            Add(images, image, sums, progress, cancellationToken);
            added.Add(images.Names[image]);
        }

        return new(sums.Name, sums.Rows, [.. sums.Discs], added, images.Warnings);
    }

    /// <summary>Makes the parity of an open set of all discs that were added, and takes the sums away.</summary>
    /// <param name="request">The folder; its images, if it names any, are added first.</param>
    /// <inheritdoc cref="Add(SetMakeRequest, IProgress{WorkProgress}, CancellationToken)"/>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops; the same command goes on.</param>
    public static SetMakeResult Close(SetMakeRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<Failure> warnings = request.Sources.Count > 0 ? Add(request, progress, cancellationToken).Warnings : [];
        string folder = FindOpen(request) ?? throw SetFailures.NoOpenSet(request.Target);
        SetMakeResult made;
        using (FolderLock claim = Claim(folder))
        using (SetSums sums = SetSums.Open(folder))
        {
            if (sums.Begun is { } begun)
            {
                throw SetFailures.Unfinished(folder, begun.Name);
            }

            made = Close(sums, request, progress, cancellationToken);
            made = made with { Warnings = [.. warnings, .. made.Warnings] };
        }

        Directory.Delete(folder, recursive: true);
        return made;
    }

    /// <summary>The open set of a folder; null where there is none.</summary>
    /// <param name="target">The folder that the set's parity is to be in.</param>
    /// <exception cref="OperationFailedException"><c>sums-damaged</c>; another process adds to it.</exception>
    public static OpenSet? Find(string target)
    {
        if (!Directory.Exists(target) || FindOpen(new() { Sources = [], Target = target }) is not { } folder)
        {
            return null;
        }

        using FolderLock claim = Claim(folder);
        using SetSums sums = SetSums.Open(folder);
        return new(sums.Name, sums.Rows, [.. sums.Discs], [], []);
    }

    /// <summary>Makes the parity of sums.</summary>
    internal static SetMakeResult Close(SetSums sums, SetMakeRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        if (sums.Discs.Count == 0)
        {
            throw SetFailures.NoImages();
        }

        SetFolder folder = SetFolder.Begin(request, sums.Name, sums.Rows);
        using SetVolumes volumes = new(folder, sums.Length);
        byte[] buffer = new byte[BufferLength];
        for (int row = 0; row < sums.Rows; row++)
        {
            for (long position = 0; position < sums.Length; position += buffer.Length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                sums.Read(row, position, buffer);
                volumes.Write(row, position, buffer.AsSpan(0, (int)Math.Min(buffer.Length, sums.Length - position)));
                progress.Report(new("writing", (row * sums.Length) + Math.Min(position + buffer.Length, sums.Length), sums.Rows * sums.Length, WorkProgress.Bytes));
            }
        }

        (SetTable table, bool isReadBack) = volumes.Finish([.. sums.Discs.Select(disc => (disc, sums.PiecesOf(disc)))], progress, cancellationToken);
        return folder.End(request, new(table, isReadBack, [], []), progress, cancellationToken);
    }

    // The one that was cut off goes first; those that are in are left out.
    private static IEnumerable<int> InOrder(SetImages images, SetSums sums)
    {
        List<int> left = [];
        foreach ((int index, string name) in images.Names.Index())
        {
            SummedDisc? there = sums.Discs.FirstOrDefault(disc => string.Equals(disc.File.Name, name, StringComparison.OrdinalIgnoreCase));
            if (there is null)
            {
                left.Add(index);
            }
            else if (there.File.Length != images.LengthOf(index))
            {
                throw SetFailures.GivenTwice(name, images.Files[index].Name, sums.Folder);
            }
        }

        return left.OrderBy(index => images.Names[index] != sums.Begun?.Name).ThenBy(index => index);
    }

    private static void Add(SetImages images, int number, SetSums sums, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        (IImageStorage image, long length, string name) = (images.Files[number], images.LengthOf(number), images.Names[number]);
        if (ParVolume.ListLength(sums.Discs.Select(disc => disc.File.Name).Append(name)) > ParVolume.LongestListOfOurs)
        {
            throw SetFailures.NamesTooLong(sums.Discs.Count + 1);
        }

        using SetAddition addition = sums.Add(name, length);
        byte[] buffer = new byte[BufferLength];
        for (long position = 0; position < length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int wanted = (int)Math.Min(buffer.Length, length - position);
            int read = image.Read(position, buffer.AsSpan(0, wanted));
            if (read < wanted)
            {
                throw SetFailures.Unreadable(image.Name, position + read);
            }

            addition.Append(buffer.AsSpan(0, read));
            position += read;
            progress.Report(new("adding", position, length, WorkProgress.Bytes) { Item = name });
        }

        images.ReadBehind(number, bytes => addition.AppendBehind(bytes.Span), cancellationToken);
        addition.Complete(images.InnerOf(number));
    }

    private static string? FindOpen(SetMakeRequest request)
    {
        string[] open = Directory.Exists(request.Target) ? [.. Directory.GetDirectories(request.Target, "*" + SumsSuffix).Where(SetSums.Exist).Order(StringComparer.Ordinal)] : [];
        return request.Name is { } name ? open.FirstOrDefault(folder => Path.GetFileName(folder) == name + SumsSuffix)
            : open.Length < 2 ? open.FirstOrDefault()
            : throw SetFailures.SeveralOpen(request.Target);
    }

    /// <summary>Keeps others from sums.</summary>
    /// <exception cref="OperationFailedException"><c>target-busy</c>.</exception>
    internal static FolderLock Claim(string folder) => TargetFailure.Told(folder, () => FolderLock.TryTake(folder)) ?? throw SetFailures.Busy(folder);
}

/// <summary>A set to which discs can be added.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">Parity discs that it will have.</param>
/// <param name="Discs">The discs that are in.</param>
/// <param name="Added">Those that were added just now, by their names.</param>
/// <param name="Warnings">What is on the side.</param>
public sealed record OpenSet(string Name, int Rows, IReadOnlyList<SummedDisc> Discs, IReadOnlyList<string> Added, IReadOnlyList<Failure> Warnings);
