// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Imaging.Hashing;

namespace Spindle.Imaging.Tests.Hashing;

public sealed class ContentHashTests
{
    // RFC 1321 §A.5, FIPS 180-4 examples, and the check value of CRC-32 over "123456789".
    private static readonly Dictionary<string, (string Text, string Hash)> Published = new()
    {
        ["md5"] = ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        ["sha1"] = ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ["sha256"] = ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ["sha512"] = ("abc", "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"),
        ["crc32"] = ("123456789", "cbf43926"),
    };

    public static TheoryData<string> Kinds() => [.. HashKind.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gives_the_published_value(string name)
    {
        (string text, string expected) = Published[name];
        HashKind kind = HashKind.Find(name.ToUpperInvariant())!;
        using ContentHash hash = new(kind);
        hash.Append(Encoding.ASCII.GetBytes(text));

        Assert.Equal(expected, hash.Finish());
        Assert.Equal(kind.Bits, expected.Length * 4);
    }

    [Fact]
    public void One_that_there_is_not_is_none() => Assert.Null(HashKind.Find("md6"));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Does_not_depend_on_how_the_bytes_are_cut(string name)
    {
        HashKind kind = HashKind.Find(name)!;
        byte[] content = Testing.SimulatedDisc.Pattern(10_007);
        using ContentHash whole = new(kind);
        using ContentHash cut = new(kind);
        whole.Append(content);
        for (int start = 0; start < content.Length; start += 13)
        {
            cut.Append(content.AsSpan(start, Math.Min(13, content.Length - start)));
        }

        Assert.Equal(whole.Finish(), cut.Finish());
    }
}
