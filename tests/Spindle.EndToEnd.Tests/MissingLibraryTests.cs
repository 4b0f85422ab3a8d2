// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests;

/// <summary>On a system without OpenSSL, in a view of this one in which its library is empty.</summary>
public sealed class MissingLibraryTests
{
    [Fact]
    public async Task What_is_missing_is_told_and_the_runtime_does_not_end_the_program()
    {
        ForeignProgram.PathOf("unshare");
        using RunningProgram shell = new("bash", ["-c", $$"""
            exec unshare --mount bash -c '
                for library in $(ldconfig -p | sed -n "s/.*libssl\.so[^>]*=> //p" | xargs -r readlink -f | sort -u); do mount --bind /dev/null "$library" || exit 77; done
                exec "{{SpindleProgram.Path}}" demo'
            """], Path.GetTempPath());
        ProgramResult result = await shell.EndAsync();
        Assert.SkipWhen(result.ExitCode is 77 or 126 || result.Error.StartsWith("unshare:", StringComparison.Ordinal), $"nothing can be hidden here: {result.Error}");

        Assert.Contains("spindle: the library OpenSSL (libssl) is not installed", result.EndedWith(1).Error, StringComparison.Ordinal);
        Assert.Contains("install your system's package", result.Error, StringComparison.Ordinal);
    }
}
