// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Catalogue.Sets;
using Spindle.Files;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>The sums of a set that was planned: each disc is added while its image is read back, so that no image is read once more for the parity.</summary>
/// <remarks>The sums themselves know which discs are in. What the catalogue says follows: whoever is killed between the two is brought up by the next run.</remarks>
internal sealed class PlannedSums
{
    private const int BufferLength = 4 << 20;

    private readonly SetStore _store;
    private readonly SetRecord _set;
    private readonly int _disc;
    private readonly string _name;
    private readonly string _folder;

    private PlannedSums(SetStore store, SetRecord set, int disc, string image)
    {
        (_store, _set, _disc) = (store, set, disc);
        _name = SetNames.PlainOf(Path.GetFileName(image));
        _folder = set.Sums ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(image))!, NameOf(image, set.Plan) + SetAdder.SumsSuffix);
    }

    /// <summary>The sums that a disc belongs in.</summary>
    /// <param name="database">The catalogue, open for writing.</param>
    /// <param name="disc">The disc.</param>
    /// <param name="image">Its image, which may be still to be made: a new set's sums come beside it.</param>
    /// <returns>Null where it is in no set, or the parity discs of its set were made.</returns>
    /// <exception cref="OperationFailedException"><c>sums-missing</c>, <c>sums-damaged</c>, <c>sums-unfinished</c>, <c>sums-of-another-set</c>, <c>target-busy</c>: it can't be added now.</exception>
    public static PlannedSums? Of(CatalogueDatabase database, int disc, string image)
    {
        SetStore store = new(database);
        if (store.Of(disc) is not { Status: not "closed" } set)
        {
            return null;
        }

        PlannedSums planned = new(store, set, disc, image);
        planned.Require();
        return planned;
    }

    /// <summary>The name of a set: what the names of its discs' images begin with, and its number.</summary>
    /// <param name="image">The image of one of its discs: <c>Photos_0003.iso</c>.</param>
    /// <param name="set">The set.</param>
    public static string NameOf(string image, PlannedSet set)
    {
        string stem = Path.GetFileNameWithoutExtension(image);
        return SetNames.PlainOf(stem[..Math.Max(0, stem.LastIndexOf('_'))] + set.Suffix);
    }

    /// <summary>Whether the disc is in, and so needs not be read for its set.</summary>
    /// <param name="sha256">SHA-256 of its image.</param>
    /// <exception cref="OperationFailedException"><c>image-changed</c>: what is in is another image.</exception>
    public bool Have(byte[] sha256)
    {
        if (!SetSums.Exist(_folder))
        {
            return false;
        }

        using FolderLock claim = SetAdder.Claim(_folder);
        using SetSums sums = Open();
        if (sums.Discs.FirstOrDefault(disc => disc.File.Name == _name) is not { } there)
        {
            return false;
        }

        if (there.ImageSha256 != Convert.ToHexStringLower(sha256))
        {
            throw SetFailures.OtherImageInSums(_name, _folder);
        }

        Enter(there);
        return true;
    }

    /// <summary>Reads an image past the system's memory of it, proves that it is what was written, and adds it.</summary>
    /// <param name="path">The image, perhaps under the name that it has until it is good.</param>
    /// <param name="sha256">What was written.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops; what was added stays, and the next run goes on.</param>
    /// <returns>Whether it is known that the image was read from storage.</returns>
    /// <exception cref="OperationFailedException"><c>image-differs</c>: it does not read back as it was written; <c>sums-damaged</c>; there is no room.</exception>
    public bool Add(string path, byte[] sha256, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        TargetFailure.Told(_folder, () => Directory.CreateDirectory(_folder));
        using FolderLock claim = SetAdder.Claim(_folder);
        using SetSums sums = SetSums.Exist(_folder) ? Open() : SetSums.Create(_folder, Path.GetFileNameWithoutExtension(_folder), _set.Plan.Rows, _set.Plan.Uuid);
        ParityLayout? inner = InnerOf(path);
        using UncachedFile file = UncachedFile.Open(path);
        using SetAddition addition = sums.Add(_name, inner?.PayloadBytes ?? file.Length);
        Read(file, addition, inner?.PayloadBytes ?? file.Length, progress, cancellationToken);
        Enter(addition.Complete(inner is null ? null : (inner.Roots, inner.TotalSectors), Convert.ToHexStringLower(sha256)));
        return file.Bypass != CacheBypass.None;
    }

    private static ParityLayout? InnerOf(string path)
    {
        using ImageFile file = ImageFile.OpenRead(path);
        return SetImages.InnerOf(file);
    }

    // The next piece is read while this one is added.
    private void Read(UncachedFile file, SetAddition addition, long payload, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        (AlignedBuffer reading, AlignedBuffer adding) = (new(BufferLength), new(BufferLength));
        Task added = Task.CompletedTask;
        try
        {
            for (long position = 0; position < file.Length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int read = file.Read(position, reading.Span);
                added.GetAwaiter().GetResult();
                if (read == 0)
                {
                    break;
                }

                (reading, adding) = (adding, reading);
                (AlignedBuffer full, int covered) = (adding, (int)Math.Clamp(payload - position, 0, read));
                added = Task.Run(
                    () =>
                    {
                        addition.Append(full.Span[..covered]);
                        if (covered < read)
                        {
                            addition.AppendBehind(full.Span[covered..read]);
                        }
                    },
                    CancellationToken.None);
                position += read;
                progress.Report(new("reading-back", position, file.Length, WorkProgress.Bytes) { Item = Path.GetFileNameWithoutExtension(_name) });
            }
        }
        finally
        {
            added.GetAwaiter().GetResult();
        }
    }

    private void Require()
    {
        if (!SetSums.Exist(_folder))
        {
            if (_set.Members.Count > 0)
            {
                throw SetFailures.SumsGone(_folder, _set.Plan.Number, _set.Members.Count);
            }

            return;
        }

        using FolderLock claim = SetAdder.Claim(_folder);
        using SetSums sums = Open();
        if (sums.Begun is { } begun && begun.Name != _name && sums.Discs.All(disc => disc.File.Name != _name))
        {
            throw SetFailures.Unfinished(_folder, begun.Name);
        }
    }

    private SetSums Open()
    {
        SetSums sums = SetSums.Open(_folder);
        if (sums.Uuid == _set.Plan.Uuid)
        {
            return sums;
        }

        sums.Dispose();
        throw SetFailures.OtherSums(_folder, _set.Plan.Number);
    }

    private void Enter(SummedDisc disc) => _store.Enter(_set.Plan.Number, _folder, new(_disc, disc.Place, disc.File.Length, disc.Sha256));
}
