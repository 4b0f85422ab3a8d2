// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Files;

namespace Spindle.Imaging.Tests;

/// <summary>Files on a storage that does something to them between writing and reading back.</summary>
internal sealed class FaultyFiles : IImageFiles
{
    private readonly ImageFiles _files = new();

    /// <summary>Runs before an image is read back, with its path.</summary>
    public Action<string> BeforeReadingBack { get; set; } = _ => { };

    /// <summary>Runs before a file is written whole, with its path.</summary>
    public Action<string> BeforeWritingWhole { get; set; } = _ => { };

    public long? Free { get; set; }

    public bool Exists(string path) => _files.Exists(path);

    public long Length(string path) => _files.Length(path);

    public void CreateDirectory(string path) => _files.CreateDirectory(path);

    public IDisposable? Lock(string folder) => _files.Lock(folder);

    public long FreeSpace(string directory) => Free ?? _files.FreeSpace(directory);

    public SafeFileHandle OpenForWriting(string path, bool keepContents) => _files.OpenForWriting(path, keepContents);

    public UncachedFile OpenUncached(string path)
    {
        BeforeReadingBack(path);
        return _files.OpenUncached(path);
    }

    public byte[]? TryRead(string path) => _files.TryRead(path);

    public void WriteWhole(string path, ReadOnlySpan<byte> contents)
    {
        BeforeWritingWhole(path);
        _files.WriteWhole(path, contents);
    }

    public void WriteWhole(string path, Action<Stream> write) => _files.WriteWhole(path, write);

    public void Move(string from, string to) => _files.Move(from, to);

    public void Delete(string path) => _files.Delete(path);
}
