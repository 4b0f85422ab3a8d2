// SPDX-License-Identifier: MIT
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests.Programs;

/// <summary>Spindle for Windows, run by wine. Where wine or that program is missing, tests are skipped and say so.</summary>
/// <remarks>
/// What wine does otherwise than Windows is no proof of anything: it reads a drive past every lock, makes no symbolic links, and takes all names.
/// What is seen here is that this program asks Windows in Windows' own words, and does with the answers what it does on Linux.
/// </remarks>
public sealed class Wine : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Lazy<Task> _prefix;

    public Wine() => _prefix = new(MakeAsync);

    private static string Program => Environment.GetEnvironmentVariable("SPINDLE_WINDOWS_PROGRAM") ?? Repository.File("artifacts/release/win-x64/spindle.exe");

    /// <summary>A folder that stands for the disc in <c>D:</c>, where it is mounted.</summary>
    public string Mounted => _directory["mounted"];

    /// <summary>Waits until it can be used.</summary>
    public Task ReadyAsync() => _prefix.Value;

    /// <summary>What a script of bash needs so that <c>spindle</c> is the program for Windows; it says what it ended with.</summary>
    public string Script => $$"""
        export WINEPREFIX='{{_directory["prefix"]}}' WINEDEBUG=-all
        wineserver -p 60 > /dev/null 2>&1
        spindle() { local code=0; timeout 100 wine '{{Program}}' "$@" > /tmp/said.$$ 2>&1 || code=$?; echo "== $1 ended with $code"; tr -d '\r' < /tmp/said.$$; }
        trap 'wineserver -k' EXIT
        """;

    /// <summary>What a shell needs so that <c>spindle</c> is the program for Windows, and ends and prints as that does.</summary>
    /// <remarks>What wine prints goes into files: into a pipe it does not always come. Its server stays for the next call.</remarks>
    public string InShell => $$"""
        export WINEPREFIX='{{_directory["prefix"]}}' WINEDEBUG=-all
        wineserver -p 30 > /dev/null 2>&1
        spindle() {
          local code=0 said
          said=$(mktemp)
          timeout 100 wine '{{Program}}' "$@" > "$said" 2> "$said.error" || code=$?
          tr -d '\r' < "$said"; tr -d '\r' < "$said.error" >&2
          rm -f "$said" "$said.error"
          return "$code"
        }
        """;

    public void Dispose()
    {
        if (_prefix.IsValueCreated)
        {
            // What it runs by holds the prefix open, which is taken away.
            using RunningProgram end = new("bash", ["-c", "wineserver -k; wineserver -w"], _directory.Path, new Dictionary<string, string?> { ["WINEPREFIX"] = _directory["prefix"] });
            end.EndAsync().GetAwaiter().GetResult();
        }

        _directory.Dispose();
    }

    private async Task MakeAsync()
    {
        ForeignProgram.PathOf("wine");
        Assert.SkipUnless(File.Exists(Program), $"there is no {Program}: 'eng/release win-x64' makes it");
        Directory.CreateDirectory(Mounted);
        string prefix = _directory["prefix"];
        using RunningProgram setUp = new("bash", ["-ec", $"""
            export WINEPREFIX='{prefix}' WINEDEBUG=-all
            wineboot -i > /dev/null 2>&1
            ln -sfn '{Mounted}' '{prefix}/dosdevices/d:'; ln -sfn /dev/sr0 '{prefix}/dosdevices/d::'
            wine reg add 'HKLM\Software\Wine\Drives' /v d: /t REG_SZ /d cdrom /f > /dev/null 2>&1
            wineserver -k || true
            """], _directory.Path);
        (await setUp.EndAsync()).EndedWith(0);
    }
}
