// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Files.Windows;
using Spindle.Media;

namespace Spindle.Files;

/// <summary>Files of this machine.</summary>
public sealed class ImageFiles : IImageFiles
{
    /// <inheritdoc/>
    public bool Exists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    /// <inheritdoc/>
    public void CreateDirectory(string path) => TargetFailure.Told(path, () => Directory.CreateDirectory(path));

    /// <inheritdoc/>
    public IDisposable? Lock(string folder) => !Directory.Exists(folder)
        ? null
        : TargetFailure.Told(folder, () => FolderLock.TryTake(folder)) ?? throw new OperationFailedException(new(
            "target-busy", $"another process is writing in {folder}", "wait until it has ended, or choose another --filename or --dir"));

    /// <inheritdoc/>
    public long FreeSpace(string directory) => TargetFailure.Told(directory, () => OperatingSystem.IsWindows()
        ? ExtendedPath.FreeSpace(directory) ?? long.MaxValue // .NET knows of drives with letters only, and there are shares and folders that are mounted
        : new DriveInfo(directory).AvailableFreeSpace);

    /// <inheritdoc/>
    public SafeFileHandle OpenForWriting(string path, bool keepContents) => TargetFailure.Told(path, () => File.OpenHandle(
        path, keepContents ? FileMode.OpenOrCreate : FileMode.Create, FileAccess.ReadWrite, FileShare.Read));

    /// <inheritdoc/>
    public UncachedFile OpenUncached(string path) => TargetFailure.Told(path, () => UncachedFile.Open(path));

    /// <inheritdoc/>
    public byte[]? TryRead(string path) => TargetFailure.Told(path, () => File.Exists(path) ? File.ReadAllBytes(path) : null);

    /// <inheritdoc/>
    public void WriteWhole(string path, ReadOnlySpan<byte> contents)
    {
        byte[] bytes = contents.ToArray();
        WriteWhole(path, stream => stream.Write(bytes));
    }

    /// <inheritdoc/>
    public void WriteWhole(string path, Action<Stream> write) => WholeFile.Write(path, write);

    /// <inheritdoc/>
    public void Move(string from, string to) => WholeFile.Rename(from, to);

    /// <inheritdoc/>
    public void Delete(string path) => TargetFailure.Told(path, () =>
    {
        File.Delete(path);
        return true;
    });
}
