// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests;

/// <summary>However large a collection is, auditing it takes the same memory.</summary>
public sealed class AuditMemoryTests : IDisposable
{
    private const long Growth = 16L << 20;

    private readonly TempDirectory _directory = new(); // no workspace: its manifests are none of ours

    [Fact]
    public async Task A_large_collection_takes_no_more_memory_than_a_small_one()
    {
        int images = Environment.GetEnvironmentVariable("SPINDLE_LARGE_TESTS") == "1" ? 100_000 : 5_000;
        const string script = """
            import hashlib, json, os, sys
            def make(root, count):
                for number in range(count):
                    if number % 100 == 0:
                        folder = f"{root}/{number // 10000}/{number // 100}"
                        os.makedirs(folder)
                    content = number.to_bytes(8, "big")
                    open(f"{folder}/{number}.iso", "wb").write(content)
                    record = dict(backup_metadata=dict(run_id=str(number)), backup_status=dict(overall_status="success"))
                    record.update(output_files=dict(iso_filename=f"{number}.iso"), integrity_verification=dict(source_hash=hashlib.md5(content).hexdigest()))
                    open(f"{folder}/{number}_manifest.json", "w").write(json.dumps(record))
            make("small", 500)
            make("large", int(sys.argv[1]))
            """;
        (await Python.RunAsync(script, _directory.Path, [$"{images}"])).EndedWith(0);
        (long small, int first) = await PeakMemory.OfAsync(_directory.Path, "audit", "small", "--csv", "small.csv");
        (long large, int second) = await PeakMemory.OfAsync(_directory.Path, "audit", "large", "--csv", "large.csv");

        Assert.Equal((0, 0), (first, second));
        Assert.Equal(images + 1, File.ReadLines(_directory["large.csv"]).Count());
        Assert.True(large <= small + Growth, $"{images} images took {large >> 20} MiB, 500 of them {small >> 20} MiB");
    }

    public void Dispose() => _directory.Dispose();
}
