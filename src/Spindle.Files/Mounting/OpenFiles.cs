// SPDX-License-Identifier: MIT
using Spindle.Files.Mounting.Trees;

namespace Spindle.Files.Mounting;

/// <summary>The files that are open, by the numbers that the kernel has for them.</summary>
internal sealed class OpenFiles
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, MountedFile> _files = [];
    private ulong _last;

    /// <returns>The number; none is given twice.</returns>
    public ulong Add(MountedFile file)
    {
        lock (_lock)
        {
            _files.Add(++_last, file);
            return _last;
        }
    }

    public MountedFile? Find(ulong handle)
    {
        lock (_lock)
        {
            return _files.GetValueOrDefault(handle);
        }
    }

    public void Close(ulong handle)
    {
        MountedFile? file;
        lock (_lock)
        {
            _ = _files.Remove(handle, out file);
        }

        file?.Dispose();
    }

    /// <summary>The drive is not there any more.</summary>
    public void CloseAll()
    {
        lock (_lock)
        {
            foreach (MountedFile file in _files.Values)
            {
                file.Dispose();
            }

            _files.Clear();
        }
    }
}
