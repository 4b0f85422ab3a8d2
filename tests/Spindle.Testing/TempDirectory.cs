// SPDX-License-Identifier: MIT
namespace Spindle.Testing;

/// <summary>An empty directory that is gone when the test ends.</summary>
public sealed class TempDirectory : IDisposable
{
    public TempDirectory()
        : this(System.IO.Path.GetTempPath())
    {
    }

    /// <param name="parent">Where to make it: /dev/shm for a directory in memory.</param>
    public TempDirectory(string parent) =>
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"spindle-test-{Guid.NewGuid():N}")).FullName;

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file of this directory, and returns its path.</summary>
    public string Write(string name, ReadOnlySpan<byte> content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public void Dispose()
    {
        if (!Directory.Exists(Path))
        {
            return;
        }

        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or ArgumentException && !OperatingSystem.IsWindows())
        {
            // Names that are no text can't be named in .NET, and paths above PATH_MAX not be used.
            ForeignProgram.Run("rm", "-rf", Path);
        }
    }
}
