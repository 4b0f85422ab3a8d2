// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Spindle.Fuzz;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Contents;

/// <summary>What fuzzing found worth keeping is looked at again: each input once went a way through the code that no other did.</summary>
public sealed class FuzzCorpusTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Targets => [.. Target.All.Select(target => target.Name)];

    [Theory]
    [Slow("thousands of inputs that fuzzing kept")]
    [MemberData(nameof(Targets))]
    public void Every_input_that_is_kept_is_survived(string name)
    {
        Target target = Target.Find(name)!; // it is one of all
        List<byte[]> inputs = Corpus.Load(name);

        Assert.NotEmpty(inputs);
        Assert.All(inputs, packed =>
        {
            long started = Stopwatch.GetTimestamp();
            target.Look(Corpus.Unpack(packed));
            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Longest);
        });
    }
}
