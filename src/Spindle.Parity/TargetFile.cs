// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Parity;

/// <summary>A file in the making: written under another name, flushed, and only then given its own.</summary>
internal sealed class TargetFile : IDisposable
{
    private readonly string _path;
    private readonly ImageFile _part;
    private bool _complete;

    /// <summary>Starts the file.</summary>
    /// <exception cref="OperationFailedException">It exists and may not be replaced, or can't be made there.</exception>
    public TargetFile(string path, bool overwrite)
    {
        if (!overwrite && File.Exists(path))
        {
            throw Failures.AlreadyExists(path);
        }

        _path = path;
        _part = ImageFile.Create(PartPath);
    }

    /// <summary>What is written.</summary>
    public IImageStorage Storage => _part;

    private string PartPath => _path + WholeFile.PartSuffix;

    /// <summary>Flushes what was written, and gives the file its name.</summary>
    public void Complete()
    {
        _part.Flush();
        _part.Dispose();
        WholeFile.Publish(_path);
        _complete = true;
    }

    /// <summary>Removes what was written, unless it was completed.</summary>
    public void Dispose()
    {
        _part.Dispose();
        if (!_complete)
        {
            File.Delete(PartPath);
        }
    }
}
