// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Files;
using Spindle.Imaging.Hashing;
using Spindle.Media;

namespace Spindle.Imaging.Files;

/// <summary>Looks at what is there before anything is written, and makes the target ready.</summary>
internal sealed class Target(IImageFiles files, OutputPaths paths, ImagingRequest request)
{
    /// <summary>Whether the record of an older image must be left alone until the new one is proven.</summary>
    public bool ReplacesImage { get; private set; }

    /// <summary>Whether there is something to go on with.</summary>
    public bool Continues { get; private set; }

    /// <summary>Decides what is to be done, without changing anything.</summary>
    /// <exception cref="OperationFailedException">Something is there that would be lost, or there is no room.</exception>
    public void Check(long length)
    {
        bool hasImage = files.Exists(paths.Image);
        bool hasPartMap = files.Exists(paths.MapPart);

        // An empty part file without a map is of a run that was killed before its first checkpoint: there is nothing to keep.
        bool hasPart = files.Exists(paths.ImagePart) && (hasPartMap || files.Length(paths.ImagePart) > 0);
        RefuseToReadWhatIsWritten();
        RefuseLongName();
        if (request.Resume)
        {
            // An image without a part file: it is damaged and can be improved, or its run was cut off while the names changed.
            Continues = (hasPart && hasPartMap) || (hasImage && !hasPart && (hasPartMap || files.Exists(paths.Map)));
            if (request.MapPath is not null && hasPartMap && !Continues && !request.Overwrite)
            {
                throw new OperationFailedException(new(
                    "no-part",
                    $"the map {request.MapPath} is there, and {paths.ImagePart}, which it would be of, is not",
                    "put the unfinished image there under that name, or leave the map out"));
            }

            if (hasPart && !hasPartMap && !request.Overwrite)
            {
                throw new OperationFailedException(new(
                    "no-map",
                    $"{paths.ImagePart} cannot be resumed without its map {paths.MapPart}",
                    "name the map with --map, or start anew with --overwrite"));
            }
        }

        if (hasImage && !Continues && !request.Overwrite)
        {
            throw new OperationFailedException(new(
                "already-exists", $"{paths.Image} exists already", "choose another --filename, or replace it with --overwrite"));
        }

        if (request.MapPath is not null && hasPartMap && !Continues && !request.Overwrite)
        {
            throw new OperationFailedException(new(
                "already-exists", $"{request.MapPath} exists already", "go on with it with --resume, or replace it with --overwrite"));
        }

        if (hasPart && !Continues && !request.Overwrite)
        {
            throw new OperationFailedException(new(
                "unfinished-copy", $"{paths.ImagePart} is an unfinished copy", "go on with --resume, or start anew with --overwrite"));
        }

        ReplacesImage = hasImage && !(Continues && !hasPart);

        // What is in the part file stays, or makes room.
        CheckRoom(length - files.Length(Continues && !hasPart ? paths.Image : paths.ImagePart));
    }

    /// <summary>Makes the folder; puts an image that is to be improved back among the unfinished; removes what is not to be resumed.</summary>
    public void Prepare()
    {
        files.CreateDirectory(paths.Folder);
        files.CreateDirectory(paths.Payload);
        if (!Continues)
        {
            // The map first: without it, what is left of the part file claims nothing.
            files.Delete(paths.MapPart);
            files.Delete(paths.DigestsPart);
            files.Delete(paths.RunsPart);
            foreach (HashKind kind in HashKind.All)
            {
                files.Delete(paths.PartChecksum(kind));
            }
        }
        else if (!files.Exists(paths.ImagePart))
        {
            if (!files.Exists(paths.MapPart))
            {
                files.Move(paths.Map, paths.MapPart);
            }

            files.Move(paths.Image, paths.ImagePart);
        }
    }

    private void RefuseToReadWhatIsWritten()
    {
        FileInfo file = new(request.Source);
        string source = (file.Exists ? file.ResolveLinkTarget(returnFinalTarget: true)?.FullName : null) ?? file.FullName;
        string[] targets = request.Resume ? [paths.ImagePart, paths.Image] : [paths.ImagePart];
        if (targets.Any(target => Path.GetFullPath(target) == source))
        {
            throw new OperationFailedException(new(
                "source-is-target", $"{request.Source} would be written while it is read", "choose another --filename or --dir"));
        }
    }

    /// <summary>Writes a file and takes it away again: what a dry run says would be done can be done.</summary>
    /// <exception cref="OperationFailedException">Nothing can be written there.</exception>
    public void TryToWrite()
    {
        string probe = Path.Combine(NearestFolder(), $".spindle-{Guid.NewGuid():N}");
        files.WriteWhole(probe, []);
        files.Delete(probe);
    }

    private void RefuseLongName()
    {
        if (System.Text.Encoding.UTF8.GetByteCount(request.Name!) > OutputPaths.LongestName)
        {
            throw new OperationFailedException(new(
                "name-too-long",
                $"the name is too long: with the endings of the record's files, a name has {OutputPaths.LongestName} bytes at most",
                "choose a shorter --filename"));
        }
    }

    private string NearestFolder()
    {
        string existing = Path.GetFullPath(paths.Folder);
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        return existing;
    }

    private void CheckRoom(long needed)
    {
        string existing = NearestFolder();
        long free = files.FreeSpace(existing);
        if (needed > free)
        {
            throw new OperationFailedException(new(
                "no-space",
                string.Create(CultureInfo.InvariantCulture, $"{existing} has {free:N0} bytes free, and the image needs {needed:N0} more"),
                TargetFailure.MakeRoom));
        }
    }
}
